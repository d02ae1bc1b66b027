//! Which graphics draw the window, and what to try when they do not work on this PC. Draws nothing itself.
//!
//! OpenGL is small and light, but fails over Remote Desktop, in virtual machines and with the basic display driver.
//! DirectX 12 works there, on the processor if need be. A failed attempt can leave a driver in any state: so the program
//! starts itself again for the next one, and says in its environment which have failed already.

use std::cell::{Cell, RefCell};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;

use serde::Serialize;

use super::crash;

/// The environment variable with the renderers that have failed in this start.
const FAILED: &str = "DTI_RENDERERS_FAILED";

/// What can draw the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Renderer {
    /// OpenGL.
    Glow,
    /// DirectX 12, on the processor where there is no graphics card for it. Windows only.
    Wgpu,
}

impl Renderer {
    /// Those of this system, in the order in which they are tried.
    pub const ALL: &[Renderer] = if cfg!(windows) { &[Renderer::Glow, Renderer::Wgpu] } else { &[Renderer::Glow] };

    pub fn name(self) -> &'static str {
        match self {
            Renderer::Glow => "glow",
            Renderer::Wgpu => "wgpu",
        }
    }
}

/// A name that is no renderer of this system.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no renderer `{0}` on this system")]
pub struct UnknownRenderer(pub String);

impl FromStr for Renderer {
    type Err = UnknownRenderer;

    fn from_str(name: &str) -> Result<Self, UnknownRenderer> {
        Renderer::ALL.iter().copied().find(|r| r.name() == name).ok_or_else(|| UnknownRenderer(name.to_owned()))
    }
}

/// True where a window can be expected to come: on Linux only with X11 or Wayland.
pub fn has_display() -> bool {
    cfg!(any(windows, target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Takes `--renderer NAME` off the front of the program's arguments.
///
/// # Errors
/// Where the name is missing or no renderer of this system.
pub fn asked_for(arguments: &mut Vec<OsString>) -> Result<Option<Renderer>, UnknownRenderer> {
    if arguments.first().is_none_or(|first| first != "--renderer") {
        return Ok(None);
    }
    let taken: Vec<OsString> = arguments.drain(..arguments.len().min(2)).collect();
    taken.get(1).map(|name| name.to_string_lossy()).unwrap_or_default().parse().map(Some)
}

/// What to open, and with what.
pub struct Start<'a> {
    /// The file to open in the window, for the case that the program starts again.
    pub file: Option<&'a Path>,
    /// Asked for on the command line.
    pub asked: Option<Renderer>,
    /// Chosen in the settings, or what worked last time where another failed.
    pub remembered: Option<Renderer>,
    /// A file that stands while a renderer is being tried: one left over names a renderer that took the program down.
    pub mark: &'a Path,
    /// Where crash reports go: that of a driver is told as a failed renderer, not as a crash of the program.
    pub crashes: &'a Path,
}

/// How it went.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The window came, and was closed.
    Closed,
    /// This renderer failed; the program was started again with another.
    StartedAgain,
    /// No renderer is left, or the window broke after it had come: why.
    Failed(String),
}

/// One renderer being tried.
pub struct Attempt {
    renderer: Renderer,
    failed: Vec<Renderer>,
    mark: RefCell<Option<Mark>>,
    opened: Cell<bool>,
}

impl Attempt {
    pub fn renderer(&self) -> Renderer {
        self.renderer
    }

    /// What to remember for the next start: this renderer, where another has failed.
    pub fn to_remember(&self) -> Option<Renderer> {
        (!self.failed.is_empty()).then_some(self.renderer)
    }

    /// To be called once the window is there: from now on no other renderer is tried.
    pub fn opened(&self) {
        self.opened.set(true);
        self.mark.take();
    }
}

/// Runs `window` with the first renderer that has not failed. Where it fails, by an error or by a panic, before
/// [`Attempt::opened`] is called, the program is started again with the next one.
pub fn open(start: &Start<'_>, window: impl FnOnce(&Attempt) -> Result<(), String>) -> Outcome {
    let mut failed = failed_before(std::env::var_os(FAILED).as_deref());
    let mut mark = Mark::set(start.mark);
    let fatal = mark.as_ref().and_then(|m| m.fatal).filter(|_| Renderer::ALL.len() > 1);
    failed.extend(fatal);
    // A left-over mark is no proof: where it rules out the last renderer, that one gets another chance.
    let Some(renderer) = next(start, &failed).or(fatal) else {
        return Outcome::Failed("no renderer is left".to_owned());
    };
    if let Some(mark) = &mut mark {
        mark.name(renderer);
    }
    log::info!("opening the window with {}", renderer.name());
    let attempt = Attempt { renderer, failed, mark: RefCell::new(mark), opened: Cell::new(false) };
    let reason = match catch_unwind(AssertUnwindSafe(|| window(&attempt))) {
        Ok(Ok(())) => return Outcome::Closed,
        Ok(Err(reason)) => reason,
        Err(panic) if attempt.opened.get() => resume_unwind(panic),
        Err(_) => {
            crash::take_report(start.crashes);
            "panic".to_owned()
        }
    };
    log::error!("{} failed: {reason}", renderer.name());
    if attempt.opened.get() {
        return Outcome::Failed(reason);
    }
    let mut failed = attempt.failed;
    failed.push(renderer);
    match next(start, &failed).map(|_| start_again(start.file, &failed)) {
        Some(Ok(())) => Outcome::StartedAgain,
        Some(Err(error)) => Outcome::Failed(format!("{reason}; not started again: {error}")),
        None => Outcome::Failed(reason),
    }
}

fn next(start: &Start<'_>, failed: &[Renderer]) -> Option<Renderer> {
    let wanted = start.asked.or(start.remembered).filter(|r| Renderer::ALL.contains(r));
    wanted.into_iter().chain(Renderer::ALL.iter().copied()).find(|r| !failed.contains(r))
}

fn failed_before(variable: Option<&OsStr>) -> Vec<Renderer> {
    let names = variable.and_then(OsStr::to_str).unwrap_or_default();
    names.split(',').filter_map(|name| name.parse().ok()).collect()
}

fn start_again(file: Option<&Path>, failed: &[Renderer]) -> io::Result<()> {
    let names: Vec<&str> = failed.iter().map(|r| r.name()).collect();
    Command::new(std::env::current_exe()?).args(file).env(FAILED, names.join(",")).spawn().map(drop)
}

/// The mark of an attempt, taken away with it: one that is left over names a renderer that took the program down. Its
/// file is locked as long as the program lives, so that a second window being opened is not taken for a dead one.
struct Mark {
    file: File,
    path: PathBuf,
    /// The renderer that an attempt before did not survive.
    fatal: Option<Renderer>,
}

impl Mark {
    /// None where it cannot be written or another start is under way: then nothing is learnt, and nothing is lost.
    fn set(path: &Path) -> Option<Mark> {
        fs::create_dir_all(path.parent()?).ok()?;
        let mut file = File::options().create(true).truncate(false).read(true).write(true).open(path).ok()?;
        file.try_lock().ok()?;
        let mut name = String::new();
        file.read_to_string(&mut name).ok()?;
        Some(Mark { file, path: path.to_owned(), fatal: name.parse().ok() })
    }

    fn name(&mut self, renderer: Renderer) {
        let written = self
            .file
            .set_len(0)
            .and_then(|()| self.file.rewind())
            .and_then(|()| self.file.write_all(renderer.name().as_bytes()));
        if let Err(error) = written {
            log::warn!("renderer not marked: {error}");
        }
    }
}

impl Drop for Mark {
    fn drop(&mut self) {
        // Left over, it would only cost the next start a try of the other renderer.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(mark: &Path) -> Start<'_> {
        Start { file: None, asked: None, remembered: None, mark, crashes: Path::new("") }
    }

    #[test]
    fn the_one_asked_for_comes_first_then_the_remembered_then_opengl() {
        let mark = Path::new("");
        assert_eq!(next(&start(mark), &[]), Some(Renderer::Glow));
        let last = Renderer::ALL.last().copied();
        assert_eq!(next(&Start { remembered: last, ..start(mark) }, &[]), last);
        let asked = Start { asked: Some(Renderer::Glow), remembered: last, ..start(mark) };
        assert_eq!(next(&asked, &[]), Some(Renderer::Glow));
        assert_eq!(next(&asked, Renderer::ALL), None);
    }

    #[test]
    fn a_renderer_that_this_system_does_not_have_is_never_tried() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = Start { remembered: Some(Renderer::Wgpu), ..start(folder.path()) };
        assert!(next(&elsewhere, &[]).is_some_and(|r| Renderer::ALL.contains(&r)));
        assert_eq!("wgpu".parse::<Renderer>().is_ok(), cfg!(windows));
    }

    #[test]
    fn the_renderer_asked_for_is_taken_off_the_arguments() {
        let arguments = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        let mut given = arguments(&["--renderer", "glow", "a.dti"]);
        assert_eq!(asked_for(&mut given), Ok(Some(Renderer::Glow)));
        assert_eq!(given, ["a.dti"]);
        assert_eq!(asked_for(&mut given), Ok(None));
        assert_eq!(asked_for(&mut arguments(&["--renderer"])), Err(UnknownRenderer(String::new())));
        assert_eq!(asked_for(&mut arguments(&["--renderer", "a.dti"])), Err(UnknownRenderer("a.dti".to_owned())));
    }

    #[test]
    fn what_failed_is_handed_to_the_next_start() {
        assert_eq!(failed_before(Some("glow,voodoo".as_ref())), [Renderer::Glow]);
        assert_eq!(failed_before(None), []);
    }

    #[test]
    fn a_mark_stands_until_the_window_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sâu").join("starting");
        let outcome = open(&start(&path), |attempt| {
            assert_eq!(fs::read_to_string(&path).unwrap(), attempt.renderer().name());
            attempt.opened();
            assert!(!path.exists());
            Ok(())
        });
        assert_eq!(outcome, Outcome::Closed);
    }

    #[test]
    fn a_start_that_did_not_survive_is_learnt_from_but_one_under_way_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("starting");
        let mut first = Mark::set(&path).unwrap();
        first.name(Renderer::Glow);
        assert!(Mark::set(&path).is_none());
        drop(first);
        fs::write(&path, "glow").unwrap();
        assert_eq!(Mark::set(&path).unwrap().fatal, Some(Renderer::Glow));
        assert!(Mark::set(&path).unwrap().fatal.is_none());
    }

    #[test]
    fn a_window_that_breaks_after_it_came_is_not_opened_with_another_renderer() {
        let folder = tempfile::tempdir().unwrap();
        let outcome = open(&start(&folder.path().join("starting")), |attempt| {
            attempt.opened();
            Err("the device is lost".to_owned())
        });
        assert_eq!(outcome, Outcome::Failed("the device is lost".to_owned()));
    }
}
