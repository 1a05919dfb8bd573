//! Examples of every component; filled below.
