//! Vietnamese text against what other programs wrote.

mod legacy;
