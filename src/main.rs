//! The widget's entry: mounts it on the page. Everything else is in the library.
//!
//! With `cfg(in_parts)` (build.rs) the widget is two files. The library forbids unsafe code; the one place where
//! the first file enters the second is declared here, by the names that the tool which cuts the file in two looks for
//! (docs/decisions/0020-two-files.md).

fn main() {
    #[cfg(all(target_arch = "wasm32", in_parts))]
    anteroom::browser::later::enter_by(parts::enter);
    #[cfg(target_arch = "wasm32")]
    anteroom::browser::start();
}

#[cfg(all(target_arch = "wasm32", in_parts))]
// Both ends are compiled together, so they agree on what the table looks like.
#[allow(improper_ctypes, improper_ctypes_definitions)]
mod parts {
    use anteroom::browser::later::{LATER, Later};

    #[link(wasm_import_module = "__wasm_split_placeholder__")]
    unsafe extern "C" {
        // SAFETY: the tool puts the function below into its place, which takes nothing and gives the same.
        safe fn __wasm_split_00later00_import_00000000000000000000000000000000_enter() -> &'static Later;
    }

    #[unsafe(no_mangle)]
    extern "C" fn __wasm_split_00later00_export_00000000000000000000000000000000_enter() -> &'static Later {
        &LATER
    }

    /// Enters the second file, which must be there.
    pub fn enter() -> &'static Later {
        __wasm_split_00later00_import_00000000000000000000000000000000_enter()
    }
}
