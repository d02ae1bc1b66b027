//! The console that a command was typed in. Only Windows needs it: a program with a window starts without one there.

/// Lets the program's output appear in the console that started it, if one did. Output that goes to a file or a pipe
/// stays there. To be called before anything is printed.
pub fn attach() {
    #[cfg(windows)]
    {
        // Started from Explorer there is none: then there is nobody to print for.
        let _ = winsafe::AttachConsole(winsafe::PidParent::Parent);
    }
}
