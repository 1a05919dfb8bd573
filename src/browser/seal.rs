//! Seals a packet by the browser's WebCrypto: no cipher is in the wasm.

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::SubtleCrypto;

use crate::engine::handoff::base64url::encode;
use crate::engine::handoff::key::PublicKey;
use crate::engine::handoff::seal::{SealFailure, SealRequest, compact, header, to_digest_for};

/// Seals a packet: a JWE in compact form.
pub async fn seal(request: &SealRequest) -> Result<String, SealFailure> {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok()).ok_or(SealFailure::NoCrypto)?;
    // Where the page is not secure `subtle` is undefined, and a call on it would throw.
    let has = Reflect::get(&crypto, &"subtle".into()).is_ok_and(|subtle| subtle.is_object());
    if !has {
        return Err(SealFailure::NoCrypto);
    }
    let mut iv = [0; 12];
    crypto.get_random_values_with_u8_array(&mut iv).map_err(|_| SealFailure::NoCrypto)?;
    sealed(&crypto.subtle(), request, &iv).await.ok().flatten().ok_or(SealFailure::Refused)
}

async fn sealed(
    subtle: &SubtleCrypto,
    request: &SealRequest,
    iv: &[u8; 12],
) -> Result<Option<String>, JsValue> {
    let ecdh = object(&[("name", "ECDH".into()), ("namedCurve", "P-256".into())])?;
    let bits = Array::of1(&"deriveBits".into());
    let pair = JsFuture::from(subtle.generate_key_with_object(&ecdh, false, &bits)?).await?;
    let ephemeral = raw(subtle, &get(&pair, "publicKey")?).await?;
    let Some(ephemeral) = point(&ephemeral) else { return Ok(None) };

    let key = &request.key;
    let theirs = Uint8Array::from([&[4][..], &key.x, &key.y].concat().as_slice());
    let theirs = subtle.import_key_with_object("raw", &theirs, &ecdh, false, &Array::new())?;
    let theirs = JsFuture::from(theirs).await?;
    let with = object(&[("name", "ECDH".into()), ("public", theirs)])?;
    let own = get(&pair, "privateKey")?.unchecked_into();
    let shared = bytes(JsFuture::from(subtle.derive_bits_with_object(&with, &own, 256)?).await?);
    let digest = subtle.digest_with_str_and_u8_array("SHA-256", &to_digest_for(key, &shared))?;
    let content_key = JsFuture::from(digest).await?.unchecked_into::<Object>();
    let gcm = object(&[("name", "AES-GCM".into())])?;
    let usage = Array::of1(&"encrypt".into());
    let content_key =
        JsFuture::from(subtle.import_key_with_object("raw", &content_key, &gcm, false, &usage)?).await?;

    let deflated = if request.small { deflate(&request.packet).await } else { None };
    let protected = encode(header(request, &ephemeral, deflated.is_some()).as_bytes());
    let content = deflated.unwrap_or_else(|| request.packet.clone().into_bytes());
    let how = object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(iv.as_slice()).into()),
        ("additionalData", Uint8Array::from(protected.as_bytes()).into()),
    ])?;
    let content = Uint8Array::from(content.as_slice());
    let content =
        subtle.encrypt_with_object_and_js_u8_array(&how, &content_key.unchecked_into(), &content)?;
    let content = bytes(JsFuture::from(content).await?);
    Ok(compact(&protected, iv, &content))
}

async fn raw(subtle: &SubtleCrypto, key: &JsValue) -> Result<Vec<u8>, JsValue> {
    Ok(bytes(JsFuture::from(subtle.export_key("raw", key.unchecked_ref())?).await?))
}

/// An uncompressed point: 4, then both coordinates.
fn point(raw: &[u8]) -> Option<PublicKey> {
    let (x, y) = raw.strip_prefix(&[4])?.split_at_checked(32)?;
    Some(PublicKey { x: x.try_into().ok()?, y: y.try_into().ok()? })
}

fn bytes(buffer: JsValue) -> Vec<u8> {
    Uint8Array::new(&buffer).to_vec()
}

fn object(members: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object)
}

fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(object, &name.into())
}

/// The text made small; none where the browser cannot. Older ones go without.
async fn deflate(text: &str) -> Option<Vec<u8>> {
    let window = web_sys::window()?;
    let stream = get(&window, "CompressionStream").ok()?.dyn_into::<Function>().ok()?;
    let stream = Reflect::construct(&stream, &Array::of1(&"deflate-raw".into())).ok()?;
    let blob = web_sys::Blob::new_with_str_sequence(&Array::of1(&text.into())).ok()?;
    let from: JsValue = blob.stream().into();
    let pipe = get(&from, "pipeThrough").ok()?.dyn_into::<Function>().ok()?;
    let small = pipe.call1(&from, &stream).ok()?;
    let response = get(&window, "Response").ok()?.dyn_into::<Function>().ok()?;
    let response = Reflect::construct(&response, &Array::of1(&small)).ok()?;
    let response = response.dyn_into::<web_sys::Response>().ok()?;
    Some(bytes(JsFuture::from(response.array_buffer().ok()?).await.ok()?))
}
