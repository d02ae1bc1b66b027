//! Whose workspace it is, the devices that it has been on, and its settings. Who decides on a new device is `open`.

use super::{Db, StoreError, Tx};

impl Db<'_> {
    pub(crate) fn meta(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.row(include_str!("get.sql"), [name], |row| row.get("value"))
    }

    /// A value that every workspace has.
    pub(crate) fn require_meta(&self, name: &str) -> Result<String, StoreError> {
        self.meta(name)?.ok_or_else(|| self.damaged(format!("meta has no {name}")))
    }

    pub(crate) fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.row(include_str!("get_setting.sql"), [name], |row| row.get("value"))
    }

    /// True of the device that the workspace is on, and of those that it has been on.
    pub(crate) fn has_been_on(&self, device: &str) -> Result<bool, StoreError> {
        Ok(self.row(include_str!("has_device.sql"), [device], |_| Ok(()))?.is_some())
    }
}

impl Tx<'_> {
    pub(super) fn set_meta(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.run(include_str!("set.sql"), [name, value])
    }

    pub(crate) fn set_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.run(include_str!("set_setting.sql"), [name, value])
    }

    /// Goes on under a new device id. The list of devices keeps the earlier ones.
    pub(super) fn move_to(&self, device: &str, machine: &str, path: &str) -> Result<(), StoreError> {
        self.run(include_str!("add_device.sql"), [device, machine, path])?;
        for (name, value) in [("device", device), ("machine", machine), ("path", path)] {
            self.set_meta(name, value)?;
        }
        Ok(())
    }

    /// Makes the next opening for writing take a new device id.
    pub(super) fn forget_place(&self) -> Result<(), StoreError> {
        self.set_meta("path", "")
    }
}
