//! The worker's waiting line: in order of arrival, but of jobs that ask the same again only the newest is done.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, TryRecvError};

use super::Job;

/// Numbers jobs from 1 in the order of sending; an event carries the number of its job.
pub type Request = u64;

/// A job with its number.
#[derive(Debug)]
pub struct Order {
    pub request: Request,
    pub job: Job,
}

/// What to do next.
#[derive(Debug)]
pub enum Next {
    Run(Order),
    /// A newer job has taken its place.
    Superseded(Order),
    /// Everything is done and nobody can send any more.
    Finished,
}

pub struct Queue {
    orders: Receiver<Order>,
    waiting: VecDeque<Order>,
}

impl Queue {
    pub fn new(orders: Receiver<Order>) -> Queue {
        Queue { orders, waiting: VecDeque::new() }
    }

    /// Waits for the next order.
    pub fn next(&mut self) -> Next {
        self.fetch();
        if self.waiting.is_empty() {
            match self.orders.recv() {
                Ok(order) => self.waiting.push_back(order),
                Err(_) => return Next::Finished,
            }
            self.fetch();
        }
        match self.waiting.pop_front() {
            None => Next::Finished,
            Some(order) if self.waiting.iter().any(|later| later.job.supersedes(&order.job)) => Next::Superseded(order),
            Some(order) => Next::Run(order),
        }
    }

    fn fetch(&mut self) {
        loop {
            match self.orders.try_recv() {
                Ok(order) => self.waiting.push_back(order),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => return,
            }
        }
    }
}
