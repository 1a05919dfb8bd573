//! The widget's entry: mounts it on the page. Everything else is in the library.

fn main() {
    #[cfg(target_arch = "wasm32")]
    anteroom::browser::start();
}
