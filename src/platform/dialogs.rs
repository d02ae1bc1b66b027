//! The desktop's file dialogs, without ever stopping a frame: a question goes out, the answer comes through a channel.
//!
//! Where the desktop has no dialog to offer (Linux without a portal and without zenity), the question comes back as
//! [`Answer::Unavailable`] and the window asks for the path itself.

use std::future::Future;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use rfd::AsyncFileDialog;

/// What to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub wants: Wants,
    pub title: String,
    /// Where the dialog starts.
    pub folder: Option<PathBuf>,
    /// The name offered for a file to be saved.
    pub file_name: Option<String>,
    /// Name and extensions without dots; all files where there is none.
    pub kind: Option<FileKind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    OneFile,
    Files,
    Folder,
    NewFile,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileKind {
    pub name: &'static str,
    pub extensions: &'static [&'static str],
}

/// What came of a question; `T` says what it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer<T> {
    /// At least one path.
    Chosen(T, Vec<PathBuf>),
    Cancelled(T),
    /// This desktop has no dialog: ask in the window.
    Unavailable(T, Question),
}

/// Asks questions and collects answers. One dialog at a time: while one is open, further questions are dropped.
pub struct Dialogs<T> {
    sender: Sender<Answer<T>>,
    receiver: Receiver<Answer<T>>,
    wake: Arc<dyn Fn() + Send + Sync>,
    open: bool,
}

impl<T: Send + 'static> Dialogs<T> {
    /// `wake` is called, from another thread, when an answer can be fetched.
    pub fn new(wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (sender, receiver) = channel();
        Dialogs { sender, receiver, wake, open: false }
    }

    /// Shows the dialog and returns at once.
    pub fn ask(&mut self, purpose: T, question: Question) {
        if self.open {
            return;
        }
        self.open = true;
        let (sender, wake) = (self.sender.clone(), self.wake.clone());
        if !desktop_has_dialogs() {
            // The receiver is ours: it cannot be gone.
            let _ = sender.send(Answer::Unavailable(purpose, question));
            wake();
            return;
        }
        thread::spawn(move || {
            let paths = block_on(show(&question));
            let answer = if paths.is_empty() { Answer::Cancelled(purpose) } else { Answer::Chosen(purpose, paths) };
            // The window may have closed meanwhile.
            let _ = sender.send(answer);
            wake();
        });
    }

    /// The next answer that has come, if any.
    pub fn answer(&mut self) -> Option<Answer<T>> {
        let answer = self.receiver.try_recv().ok()?;
        self.open = false;
        Some(answer)
    }
}

/// Says why the program ends, where it has no window to say it in: on stderr, and on Windows in a box of the system.
pub fn say_last_words(text: &str) {
    eprintln!("{text}");
    #[cfg(windows)]
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("DTI Quảng Trị")
        .set_description(text)
        .show();
}

async fn show(question: &Question) -> Vec<PathBuf> {
    let mut dialog = AsyncFileDialog::new().set_title(&question.title);
    if let Some(folder) = &question.folder {
        dialog = dialog.set_directory(folder);
    }
    if let Some(name) = &question.file_name {
        dialog = dialog.set_file_name(name);
    }
    if let Some(kind) = &question.kind {
        dialog = dialog.add_filter(kind.name, kind.extensions);
    }
    let chosen = match question.wants {
        Wants::OneFile => dialog.pick_file().await.into_iter().collect(),
        Wants::Files => dialog.pick_files().await.unwrap_or_default(),
        Wants::Folder => dialog.pick_folder().await.into_iter().collect(),
        Wants::NewFile => dialog.save_file().await.into_iter().collect(),
    };
    chosen.iter().map(|handle| handle.path().to_path_buf()).collect()
}

/// True where a dialog can be expected to come: always on Windows and macOS; on Linux with a portal on the session
/// bus, or zenity.
fn desktop_has_dialogs() -> bool {
    if cfg!(any(windows, target_os = "macos")) {
        return true;
    }
    let session_bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some()
        || std::env::var_os("XDG_RUNTIME_DIR").is_some_and(|run| PathBuf::from(run).join("bus").exists());
    let data = std::env::var_os("XDG_DATA_DIRS").unwrap_or_else(|| "/usr/local/share:/usr/share".into());
    let portal = std::env::split_paths(&data)
        .any(|folder| folder.join("dbus-1/services/org.freedesktop.portal.Desktop.service").is_file());
    let path = std::env::var_os("PATH").unwrap_or_default();
    let zenity = std::env::split_paths(&path).any(|folder| folder.join("zenity").is_file());
    (session_bus && portal) || zenity
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits for a future on this (helper) thread.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_for_a_future_ends_when_another_thread_finishes_it() {
        let (sender, receiver) = channel::<u32>();
        let mut sent = false;
        let future = std::future::poll_fn(move |context| {
            if let Ok(number) = receiver.try_recv() {
                return Poll::Ready(number);
            }
            if !std::mem::replace(&mut sent, true) {
                let (sender, waker) = (sender.clone(), context.waker().clone());
                thread::spawn(move || {
                    sender.send(7).unwrap();
                    waker.wake();
                });
            }
            Poll::Pending
        });
        assert_eq!(block_on(future), 7);
    }
}
