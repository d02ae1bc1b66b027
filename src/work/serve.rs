//! The worker's loop: takes orders, carries them out one by one, reports. Knows nothing of what the jobs do.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::event::{Event, Failure, Report};
use super::queue::{Next, Order, Queue, Request};

/// Progress is reported at most this often.
const PROGRESS_EVERY: Duration = Duration::from_millis(100);

/// Wakes the window when there is something to fetch. Called from the worker's thread.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// The way back to the window.
pub struct Reports {
    sender: Sender<Report>,
    wake: Wake,
    /// Jobs up to this number are to stop.
    stop: Arc<AtomicU64>,
}

/// One job under way: reports its progress, and hears whether it is to stop.
pub struct Errand<'a> {
    request: Request,
    reports: &'a Reports,
    told: Option<Instant>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    On,
    Stop,
}

impl Reports {
    pub fn new(sender: Sender<Report>, wake: Wake, stop: Arc<AtomicU64>) -> Reports {
        Reports { sender, wake, stop }
    }

    fn send(&self, request: Request, event: Event) {
        // The window may have closed: then nobody needs to be told.
        let _ = self.sender.send(Report { request, event });
        (self.wake)();
    }
}

impl Errand<'_> {
    /// Reports `done` of `total` (0 where not known), and says whether to go on.
    pub fn step(&mut self, done: u64, total: u64) -> Go {
        if self.told.is_none_or(|told| told.elapsed() >= PROGRESS_EVERY) {
            self.told = Some(Instant::now());
            self.reports.send(self.request, Event::Progress { done, total });
        }
        if self.reports.stop.load(Ordering::Relaxed) >= self.request { Go::Stop } else { Go::On }
    }
}

/// Carries out orders until nobody can send any more. A panic becomes the job's failure; the next job goes on.
pub fn serve(mut queue: Queue, reports: &Reports, mut carry_out: impl FnMut(super::Job, &mut Errand<'_>) -> Event) {
    loop {
        match queue.next() {
            Next::Finished => return,
            Next::Superseded(order) => reports.send(order.request, Event::Superseded),
            Next::Run(Order { request, job }) => {
                let mut errand = Errand { request, reports, told: None };
                let event = catch_unwind(AssertUnwindSafe(|| carry_out(job, &mut errand)))
                    .unwrap_or_else(|panic| Event::Failed(fault_of_ours(panic.as_ref())));
                reports.send(request, event);
            }
        }
    }
}

fn fault_of_ours(panic: &(dyn Any + Send)) -> Failure {
    let detail = panic
        .downcast_ref::<&str>()
        .map(|s| (*s).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    Failure {
        text: format!(
            "Chương trình gặp lỗi khi làm việc này; không có gì thay đổi trong tệp. \
             Hãy thử lại; nếu vẫn lỗi, gửi tệp nhật ký dti.log cho người hỗ trợ. ({detail})"
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::mpsc::{Receiver, channel};

    use super::super::Job;
    use super::*;
    use crate::catalogue::PeriodId;

    fn show(year: i32) -> Job {
        Job::Show(PeriodId::Year { year })
    }

    /// Serves the jobs, all of them waiting before the first is begun.
    fn serve_all(jobs: Vec<Job>, carry_out: impl FnMut(Job, &mut Errand<'_>) -> Event) -> Vec<Report> {
        serve_stopping(jobs, 0, carry_out)
    }

    fn serve_stopping(
        jobs: Vec<Job>,
        stop: Request,
        carry_out: impl FnMut(Job, &mut Errand<'_>) -> Event,
    ) -> Vec<Report> {
        let (orders, queue) = channel();
        for (index, job) in jobs.into_iter().enumerate() {
            orders.send(Order { request: index as u64 + 1, job }).unwrap();
        }
        drop(orders);
        let (sender, reports): (_, Receiver<Report>) = channel();
        let way_back = Reports::new(sender, Arc::new(|| {}), Arc::new(AtomicU64::new(stop)));
        serve(Queue::new(queue), &way_back, carry_out);
        drop(way_back);
        reports.into_iter().collect()
    }

    #[test]
    fn a_job_that_panics_fails_and_the_next_one_is_done() {
        let reports = serve_all(vec![Job::Close, Job::Redo], |job, _| match job {
            Job::Close => panic!("boom"),
            _ => Event::Closed,
        });
        assert!(matches!(&reports[0].event, Event::Failed(f) if f.text.contains("boom")));
        assert!(matches!(reports[1], Report { request: 2, event: Event::Closed }));
    }

    #[test]
    fn of_waiting_jobs_that_ask_the_same_only_the_newest_is_done() {
        let mut done = Vec::new();
        let reports = serve_all(vec![show(2022), Job::Redo, show(2023), Job::Redo, show(2024)], |job, _| {
            done.push(format!("{job:?}"));
            Event::Closed
        });
        assert_eq!(done, ["Redo", "Redo", "Show(Year { year: 2024 })"]);
        let superseded: Vec<Request> =
            reports.iter().filter(|r| matches!(r.event, Event::Superseded)).map(|r| r.request).collect();
        assert_eq!(superseded, [1, 3]);
        assert_eq!(reports.len(), 5, "every job is answered once");
    }

    #[test]
    fn entries_are_never_superseded() {
        let save = || Job::Save(Vec::new());
        let mut done = 0;
        serve_all(vec![save(), save(), save()], |_, _| {
            done += 1;
            Event::Closed
        });
        assert_eq!(done, 3);
    }

    #[test]
    fn progress_is_reported_at_most_ten_times_a_second() {
        let reports = serve_all(vec![Job::Preview(vec![PathBuf::from("a.zip")])], |_, errand| {
            let begin = Instant::now();
            let mut steps = 0;
            while begin.elapsed() < Duration::from_millis(350) {
                steps += 1;
                errand.step(steps, 0);
                std::thread::sleep(Duration::from_millis(1));
            }
            Event::Cancelled
        });
        let progress = reports.iter().filter(|r| matches!(r.event, Event::Progress { .. })).count();
        assert!((2..=4).contains(&progress), "{progress} reports in 350 ms");
    }

    #[test]
    fn only_the_job_that_is_to_stop_hears_of_it() {
        let mut heard = Vec::new();
        serve_stopping(vec![Job::Redo, Job::Redo, Job::Redo], 2, |_, errand| {
            heard.push(errand.step(0, 0));
            Event::Closed
        });
        assert_eq!(heard, [Go::Stop, Go::Stop, Go::On]);
    }
}
