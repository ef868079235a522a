//! What holds against somebody who means harm, one sentence for each line of docs/security.md that no other test shows.

mod browser;
mod revoking;
mod sockets;
mod untold;
