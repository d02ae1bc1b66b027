//! The worker: one thread that does all that a frame must not wait for, and owns the only write connection.
//!
//! Two enums on two channels: [`Job`]s go in, [`Event`]s come out, in order. The window is woken by a closure; nothing
//! here knows how it draws.

mod care;
mod desk;
mod event;
mod exchanging;
mod fault;
mod figures;
mod job;
mod loading;
mod paperwork;
mod queue;
mod serve;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

pub use desk::Clock;
pub use event::{
    Change, ComponentsRead, EditionChanges, Event, Exported, Failure, Imported, Issued, OpenedFor, Papers, Previewed,
    Report, Sent, State, Stored, WrittenFile,
};
pub use figures::{Figures, PeriodStatuses};
pub use job::{ChosenPackage, Job, Pixels, Word};
pub use queue::Request;
pub use serve::Wake;

use crate::platform::crash::GUARDED_THREAD;
use desk::Desk;
use queue::{Order, Queue};
use serve::{Reports, serve};

/// The window's end of the worker. Dropping it waits for the jobs already sent: nothing typed is lost on close.
pub struct Worker {
    orders: Option<Sender<Order>>,
    reports: Receiver<Report>,
    stop: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
    sent: Request,
    answered: u64,
}

impl Worker {
    /// Starts the thread. Copies of evidence for viewing go to `viewing_folder`.
    pub fn start(viewing_folder: PathBuf, clock: Clock, wake: Wake) -> std::io::Result<Worker> {
        let (orders, inbox) = channel();
        let (outbox, reports) = channel();
        let stop = Arc::new(AtomicU64::new(0));
        let way_back = Reports::new(outbox, wake, stop.clone());
        let thread = thread::Builder::new().name(GUARDED_THREAD.to_owned()).spawn(move || {
            let mut desk = Desk::new(viewing_folder, clock);
            serve(Queue::new(inbox), &way_back, |job, errand| desk.carry_out(job, errand));
        })?;
        Ok(Worker { orders: Some(orders), reports, stop, thread: Some(thread), sent: 0, answered: 0 })
    }

    /// Sends a job and returns its number. Never waits.
    pub fn send(&mut self, job: Job) -> Request {
        self.sent += 1;
        if let Some(orders) = &self.orders {
            // The thread ends only when this sender is dropped.
            let _ = orders.send(Order { request: self.sent, job });
        }
        self.sent
    }

    /// The next report, if one has come. Never waits.
    pub fn report(&mut self) -> Option<Report> {
        let report = self.reports.try_recv().ok()?;
        if !matches!(report.event, Event::Progress { .. }) {
            self.answered += 1;
        }
        Some(report)
    }

    /// Asks a job to stop. It answers [`Event::Cancelled`] if it could; what it has stored stays.
    pub fn cancel(&self, request: Request) {
        self.stop.fetch_max(request, Ordering::Relaxed);
    }

    /// True while a job is not answered yet.
    pub fn is_busy(&self) -> bool {
        self.answered < self.sent
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            // Panics inside jobs are caught; one outside has been logged.
            let _ = thread.join();
        }
    }
}
