//! The plan's own terms: how something is measured, how often, how the province's figure follows, what an agency is.

use crate::catalogue::{AgencyKind, Aggregate, Frequency, Measure};

pub fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Ratio => "tử số chia mẫu số, tính bằng %",
        Measure::Rate => "tử số chia mẫu số",
        Measure::Value => "một số liệu",
        Measure::Document => "văn bản đã ban hành hay chưa",
    }
}

pub fn frequency(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Quarter => "hằng quý và năm",
        Frequency::Year => "hằng năm",
    }
}

pub fn aggregate(aggregate: Aggregate) -> &'static str {
    match aggregate {
        Aggregate::RatioOfSums => "tổng tử số chia tổng mẫu số của các đơn vị",
        Aggregate::Sum => "tổng của các đơn vị",
        Aggregate::LeadValue => "số liệu của đơn vị báo cáo",
        Aggregate::AllOf => "đạt khi mọi đơn vị đều có",
    }
}

pub fn agency_kind(kind: AgencyKind) -> &'static str {
    match kind {
        AgencyKind::Office => "văn phòng",
        AgencyKind::Department => "sở, ban, ngành cấp tỉnh",
        AgencyKind::Central => "cơ quan ngành dọc trung ương tại tỉnh",
        AgencyKind::Press => "cơ quan báo chí",
        AgencyKind::College => "trường",
        AgencyKind::District => "huyện, thị xã, thành phố",
        AgencyKind::Commune => "xã, phường, thị trấn",
        AgencyKind::Enterprise => "doanh nghiệp",
    }
}
