"""Writes bang-chi-so-98.xlsx: a table of 98 component indices in the shape of QĐ 922's Phụ lục I, with openpyxl.

The main indices, their counts and points are those of the decision; names, points and wordings of the rows are made up in
the manner of published sets. Run: python3 bang_chi_so.py bang-chi-so-98.xlsx
"""

import sys

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

MAIN = [
    ("I", "Nhóm chỉ số nền tảng chung", 500, None),
    ("1", "Nhận thức số", 100, 10),
    ("2", "Thể chế số", 100, 11),
    ("3", "Hạ tầng số", 100, 7),
    ("4", "Nhân lực số", 100, 13),
    ("5", "An toàn thông tin mạng", 100, 12),
    ("6", "Đô thị thông minh", 0, 3),
    ("II", "Nhóm chỉ số hoạt động", 500, None),
    ("7", "Hoạt động chính quyền số", 200, 22),
    ("8", "Hoạt động kinh tế số", 150, 12),
    ("9", "Hoạt động xã hội số", 150, 8),
]
SOURCES = [
    "Tỉnh, thành phố trực thuộc Trung ương cung cấp",
    "Sở Nội vụ",
    "UBND các huyện, thị xã, thành phố cung cấp",
    "Sở Kế hoạch và Đầu tư, Sở Tài chính",
    "",
]


def number(value):
    return f"{value:g}".replace(".", ",")


def wordings(p):
    """Every kind in several wordings, each worth p points at best."""
    half, part = number(p / 2), number(p / 4)
    return [
        ("Tỷ lệ văn bản điện tử", "a= Số lượng văn bản điện tử được ký số;\nb= Tổng số văn bản;\nTỷ lệ=a/b\nĐiểm= Tỷ lệ*Điểm tối đa"),
        ("Ban Chỉ đạo họp", f"BCĐ họp 4 lần/ năm (Trung bình mỗi quý 1 lần): {number(p)} điểm;\nBCĐ họp 3 lần/ năm: {half} điểm;\n2 lần: {part} điểm;\nCòn lại: 0 điểm"),
        ("Nghị quyết chuyên đề", "- Đã ban hành: Điểm tối đa;\n- Chưa ban hành: 0 điểm."),
        ("Tỷ lệ hộ gia đình có Internet", f"- Tỷ lệ từ 90% trở lên: Điểm tối đa\n- Từ 70% đến dưới 90%: 1/2*Điểm tối đa\n- Dưới 70%: 0 điểm"),
        ("Trưởng Ban Chỉ đạo", "Trưởng ban là Bí thư/Chủ tịch: Điểm tối đa; Phó Bí thư/Phó Chủ tịch: 1/2*Điểm tối đa; Chưa có BCĐ hoặc Trưởng ban không phải Lãnh đạo: 0 điểm"),
        ("Lãnh đạo chủ trì", "tham gia đầy đủ các phiên họp: 1/2*Điểm tối đa; chủ trì các cuộc họp của tỉnh: 1/2*Điểm tối đa; không tham gia đầy đủ: 0; không chủ trì: 0"),
        ("Tỷ lệ hồ sơ trực tuyến", "Tỷ lệ ≥ 80%: Điểm tối đa;\nTỷ lệ < 80%: Điểm = Tỷ lệ/80%*Điểm tối đa"),
        ("Tỷ lệ máy có phần mềm phòng, chống mã độc", "Đạt 100%: Điểm tối đa; còn lại: 0 điểm"),
        ("Mức độ hài lòng của người dân", "Bộ TT&TT khảo sát, đánh giá"),
        ("Mức độ sử dụng nền tảng số", "Điểm = Tỷ lệ chuẩn hóa * Điểm tối đa\nTỷ lệ chuẩn hóa = tỷ lệ của đơn vị / tỷ lệ của đơn vị có giá trị lớn nhất"),
        ("Số chuyên mục trên Cổng", f"Có từ 5 chuyên mục trở lên: {number(p)} điểm; từ 2 đến 4 chuyên mục: {half} điểm; dưới 2 chuyên mục: 0 điểm"),
        ("Tỷ lệ doanh nghiệp dùng nền tảng", f"Trên 50%: {number(p)} điểm; từ 20% đến 50%: {half} điểm; dưới 20%: 0 điểm"),
        ("Kinh phí chuyển đổi số", "Theo hướng dẫn của Bộ Thông tin và Truyền thông"),
        ("Tỷ lệ cán bộ được bồi dưỡng", "Trong đó:\n+ a: Số cán bộ được bồi dưỡng\n+ b: Tổng số cán bộ\nĐiểm = a/b x Điểm tối đa"),
    ]


def points_of(total, count):
    """As many numbers as there are rows, halves among them, that come to the total."""
    if total == 0:
        return [0] * count
    each = total * 2 // count / 2
    points = [each] * count
    left = total - each * count
    at = 0
    while left > 0:
        points[at] += 0.5
        left -= 0.5
        at = (at + 1) % count
    return points


def main(path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Phụ lục I"
    sheet["A1"] = "PHỤ LỤC I"
    sheet["A2"] = "BỘ CHỈ SỐ ĐÁNH GIÁ CHUYỂN ĐỔI SỐ CẤP TỈNH"
    sheet.merge_cells("A1:G1")
    sheet.merge_cells("A2:G2")
    headings = [
        ("STT", ""), ("Chỉ số/\nChỉ số thành phần", ""), ("Điểm\ntối đa", ""), ("Cách xác định", "và tính điểm"),
        ("Tài liệu", "kiểm chứng"), ("Nguồn thu thập\ndữ liệu", ""), ("Đơn vị phối hợp", "xác minh số liệu"),
    ]
    for column, (upper, lower) in enumerate(headings, 1):
        sheet.cell(4, column, upper).font = Font(bold=True, name="Times New Roman")
        if lower:
            sheet.cell(5, column, lower)
        else:
            sheet.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
        sheet.cell(6, column, f"({column})")
    row = 7
    serial = 0
    for label, title, total, count in MAIN:
        if count is None:
            sheet.cell(row, 1, label)
            sheet.cell(row, 2, title)
            sheet.cell(row, 3, total)
            row += 1
            continue
        sheet.cell(row, 1, int(label))
        sheet.cell(row, 2, title.upper() if label == "5" else title)
        # Some numbers are text, as from Word.
        sheet.cell(row, 3, str(total) if label in "35" else total)
        if total == 0:
            sheet.cell(row, 4, "Không tính điểm")
        row += 1
        for index, points in enumerate(points_of(total, count), 1):
            name, wording = wordings(points)[serial % 14] if total else ("Hạ tầng đô thị", "Không tính điểm")
            # Main index 1 was typed into General cells: 1.10 became the number 1.1.
            stt = float(f"{label}.{index}") if label == "1" else f"{label}.{index}"
            sheet.cell(row, 1, stt)
            sheet.cell(row, 2, f"{name} {label}.{index}\n(nhóm {title.lower()})").alignment = Alignment(wrap_text=True)
            sheet.cell(row, 3, (f"{number(points)} điểm" if label == "4" else points))
            # Pasted from Word, each paragraph of a cell stands in a row of its own.
            lines = wording.split("\n") if label == "8" else [wording]
            top = row
            for line in lines:
                sheet.cell(row, 4, line)
                row += 1
            if len(lines) > 1:
                for column in (1, 2, 3, 5, 6, 7):
                    sheet.merge_cells(start_row=top, end_row=row - 1, start_column=column, end_column=column)
            sheet.cell(top, 5, "Văn bản, tài liệu chứng minh")
            sheet.cell(top, 6, SOURCES[serial % len(SOURCES)])
            sheet.cell(top, 7, "Sở Thông tin và Truyền thông")
            serial += 1
            if serial == 40:
                for column, (upper, _) in enumerate(headings, 1):
                    sheet.cell(row, column, upper)
                row += 1
    sheet.cell(row, 2, "TỔNG CỘNG")
    sheet.cell(row, 3, 1000)
    sheet.cell(row + 2, 1, "Ghi chú: số liệu tính đến ngày 31/12 của năm đánh giá.")
    sheet.merge_cells(start_row=row + 2, end_row=row + 2, start_column=1, end_column=7)
    book.save(path)


main(sys.argv[1])
