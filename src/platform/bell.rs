//! The bell at a window's door: a second start for the same workspace rings it instead of opening a second window.
//!
//! A listener on this computer's own loopback address, which no firewall asks about; its port and a secret stand in a note
//! that only this user can read. Waiting for a ring takes no processor time. Without a bell everything works as well: then a
//! second window opens for reading and says why.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::whole;

/// How long either side waits for the other.
const PATIENCE: Duration = Duration::from_secs(2);
/// The longest ring: room for thousands of paths.
const LONGEST_RING: u64 = 1 << 20;
const ANSWER: &str = "here\n";

/// What a second start wants of the window that is there already, beyond coming forward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ring {
    /// Packages to show in Gói nhận.
    pub packages: Vec<PathBuf>,
}

/// Whether anyone came to the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rang {
    Answered,
    Nobody,
}

/// A bell that can be heard; its note goes away with it.
#[derive(Debug)]
pub struct Bell {
    folder: PathBuf,
    note: Note,
    hangs_at: Option<PathBuf>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Note {
    port: u16,
    secret: String,
}

#[derive(Serialize, Deserialize)]
struct Message {
    secret: String,
    ring: Ring,
}

impl Bell {
    /// Starts listening. `rung` is called on a thread of its own. Nobody can ring before [`Bell::hang`].
    ///
    /// # Errors
    /// Where the system gives no port or no thread.
    pub fn new(folder: PathBuf, secret: String, rung: impl Fn(Ring) + Send + 'static) -> io::Result<Bell> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let note = Note { port: listener.local_addr()?.port(), secret };
        let expected = note.secret.clone();
        thread::Builder::new().name("bell".to_owned()).spawn(move || {
            for visitor in listener.incoming().flatten() {
                if let Some(ring) = hear(&visitor, &expected) {
                    rung(ring);
                    let _ = (&visitor).write_all(ANSWER.as_bytes());
                }
            }
        })?;
        Ok(Bell { folder, note, hangs_at: None })
    }

    /// Hangs the bell at the door of one workspace, and takes it from the one before.
    ///
    /// # Errors
    /// Where the note cannot be written; nobody can ring then.
    pub fn hang(&mut self, workspace: &Path) -> io::Result<()> {
        self.take_down();
        let path = note_of(&self.folder, workspace);
        fs::create_dir_all(&self.folder)?;
        // One left by a window that was killed: its listener is gone.
        let _ = fs::remove_file(&path);
        whole::write_secret(&path, serde_json::to_string(&self.note)?.as_bytes())?;
        self.hangs_at = Some(path);
        Ok(())
    }

    /// Nobody can ring any more.
    pub fn take_down(&mut self) {
        if let Some(path) = self.hangs_at.take() {
            let _ = fs::remove_file(path);
        }
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        self.take_down();
    }
}

/// Rings at the door of a workspace. Waits no longer than a few seconds, and not at all where no bell hangs.
pub fn ring(folder: &Path, workspace: &Path, ring: &Ring) -> Rang {
    match try_to_ring(&note_of(folder, workspace), ring) {
        Ok(answer) if answer == ANSWER => Rang::Answered,
        Ok(_) | Err(_) => Rang::Nobody,
    }
}

fn try_to_ring(note: &Path, ring: &Ring) -> io::Result<String> {
    let note: Note = serde_json::from_slice(&fs::read(note)?)?;
    let door = SocketAddr::from((Ipv4Addr::LOCALHOST, note.port));
    let mut stream = TcpStream::connect_timeout(&door, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let message = serde_json::to_string(&Message { secret: note.secret, ring: ring.clone() })?;
    writeln!(stream, "{message}")?;
    let mut answer = String::new();
    stream.take(ANSWER.len() as u64).read_to_string(&mut answer)?;
    Ok(answer)
}

/// Listens to one visitor; none where he does not know the secret or does not say anything sensible.
fn hear(visitor: &TcpStream, secret: &str) -> Option<Ring> {
    visitor.set_read_timeout(Some(PATIENCE)).ok()?;
    let mut line = String::new();
    BufReader::new(visitor).take(LONGEST_RING).read_line(&mut line).ok()?;
    let message: Message = serde_json::from_str(&line).ok()?;
    (message.secret == secret).then_some(message.ring)
}

/// One note for each workspace, whatever link or relative path leads to it.
fn note_of(folder: &Path, workspace: &Path) -> PathBuf {
    let mut hash = DefaultHasher::new();
    workspace.canonicalize().unwrap_or_else(|_| workspace.to_owned()).hash(&mut hash);
    folder.join(format!("{:016x}.json", hash.finish()))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};

    use super::*;

    fn bell(folder: &Path, secret: &str) -> (Bell, Receiver<Ring>) {
        let (said, heard) = channel();
        (Bell::new(folder.join("bells"), secret.to_owned(), move |ring| said.send(ring).unwrap()).unwrap(), heard)
    }

    #[test]
    fn a_ring_reaches_the_window_that_has_the_workspace_and_brings_the_packages() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = folder.path().join("số liệu.dti");
        fs::write(&workspace, "").unwrap();
        let bells = folder.path().join("bells");
        let ring_it = |packages: &[&str]| {
            let packages = packages.iter().map(PathBuf::from).collect();
            ring(&bells, &folder.path().join(".").join("số liệu.dti"), &Ring { packages })
        };
        assert_eq!(ring_it(&[]), Rang::Nobody);
        let (mut bell, heard) = bell(folder.path(), "secret");
        assert_eq!(ring_it(&[]), Rang::Nobody, "it does not hang yet");
        bell.hang(&workspace).unwrap();
        assert_eq!(ring_it(&["gói.zip"]), Rang::Answered);
        assert_eq!(heard.recv().unwrap(), Ring { packages: vec![PathBuf::from("gói.zip")] });
        bell.hang(&folder.path().join("another.dti")).unwrap();
        assert_eq!(ring_it(&[]), Rang::Nobody, "it hangs elsewhere now");
        drop(bell);
        assert_eq!(fs::read_dir(&bells).unwrap().count(), 0);
    }

    #[test]
    fn a_visitor_who_does_not_know_the_secret_is_not_heard() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = folder.path().join("a.dti");
        let (mut bell, heard) = bell(folder.path(), "secret");
        bell.hang(&workspace).unwrap();
        let note = note_of(&folder.path().join("bells"), &workspace);
        fs::write(&note, serde_json::to_string(&Note { secret: "guess".to_owned(), ..bell.note.clone() }).unwrap())
            .unwrap();
        let nothing = Ring { packages: Vec::new() };
        assert_eq!(ring(&folder.path().join("bells"), &workspace, &nothing), Rang::Nobody);
        assert!(heard.try_recv().is_err());
    }

    #[test]
    fn a_note_that_a_killed_window_left_stops_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = folder.path().join("a.dti");
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let left = Note { port: free, secret: "secret".to_owned() };
        fs::write(note_of(folder.path(), &workspace), serde_json::to_string(&left).unwrap()).unwrap();
        assert_eq!(ring(folder.path(), &workspace, &Ring { packages: Vec::new() }), Rang::Nobody);
        let mut bell = Bell::new(folder.path().to_owned(), "new".to_owned(), |_| {}).unwrap();
        bell.hang(&workspace).unwrap();
        assert_eq!(ring(folder.path(), &workspace, &Ring { packages: Vec::new() }), Rang::Answered);
    }
}
