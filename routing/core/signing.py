"""Ed25519 signatures with keys from files. The library for it comes with the extra `sign`.

A signature is over what the signed bytes are for as well, so that one made for a receipt cannot stand
under a rulebook. Keys are PEM files, as OpenSSL writes them.
"""

from __future__ import annotations

import base64
from contextlib import suppress
from pathlib import Path
from typing import Any

from routing.core.errors import Problems
from routing.core.files import read_bounded
from routing.core.strict_json import read_json
from routing.core.writing import PUBLIC, write_file

FORMAT = "routing-signature/1"
LARGEST_KEY = 10_000


def new_key(private: Path, public: Path, force: bool) -> str:
    """Make a pair of keys, the private one for the user alone. Returns the name of the key, as key_name gives
    it."""
    ed, serial = _library()
    key = ed.Ed25519PrivateKey.generate()
    text = key.private_bytes(serial.Encoding.PEM, serial.PrivateFormat.PKCS8, serial.NoEncryption())
    write_file(private, text.decode("ascii"), replace=force)
    return _give_out(key, public, force)


def public_part(private: Path, public: Path, force: bool) -> str:
    """Write the public key that a private one holds, as where it was lost. Returns the name of the key."""
    return _give_out(_private(private), public, force)


def _give_out(key: Any, public: Path, force: bool) -> str:
    _, serial = _library()
    text = key.public_key().public_bytes(serial.Encoding.PEM, serial.PublicFormat.SubjectPublicKeyInfo)
    write_file(public, text.decode("ascii"), replace=force, mode=PUBLIC)
    return key_name(key.public_key())


def sign(data: bytes, purpose: str, private: Path) -> dict[str, str]:
    """A signature of bytes for a purpose. Raises Problems for what is not a private key, and for one beside
    which the public key of another is given out."""
    key = _private(private)
    _check_given_out(key, private)
    signed = base64.b64encode(key.sign(_bound(data, purpose))).decode("ascii")
    return {"format": FORMAT, "key": key_name(key.public_key()), "signature": signed}


def verify(data: bytes, purpose: str, signature: object, public: Path) -> str:
    """Confirm a signature; returns the name of the key. Raises Problems where it does not stand."""
    _library()
    from cryptography.exceptions import InvalidSignature

    key = _public(public)
    if key is None:
        raise Problems.of(f"`{public}` is not a public Ed25519 key", fix="name a PEM file of one")
    said_of = {"format": FORMAT, "key": key_name(key)}  # also what nothing rests on: a person reads it
    written = dict(signature) if isinstance(signature, dict) else {}
    try:
        text = str(written.pop("signature", ""))
        signed = base64.b64decode(text, validate=True)
        if written != said_of or text != base64.b64encode(signed).decode("ascii"):  # another spelling of it
            raise ValueError
        key.verify(signed, _bound(data, purpose))
    except (ValueError, InvalidSignature):
        message = f"the signature is not one of the key in `{public}` over this content"
        raise Problems.of(message, fix="it was changed, or somebody else signed it") from None
    return key_name(key)


def public_key_file(private: Path) -> Path:
    """Where the public key of a private one is given out."""
    return private.with_name(f"{private.name}.pub")


def _check_given_out(key: Any, private: Path) -> None:
    """A key that was replaced, and whose making was stopped before its public part was written, would sign
    what nobody can verify."""
    public = public_key_file(private)
    given_out = _public(public) if public.is_file() else None
    if given_out is not None and key_name(given_out) != key_name(key.public_key()):
        fix = f"write it anew with `routing receipt key {private} --public`"
        raise Problems.of(f"`{public}` is not the public key of `{private}`", fix=fix)


def _private(path: Path) -> Any:
    """The private key in a file. Raises Problems for what is none."""
    ed, serial = _library()
    key: Any = None
    with suppress(*_no_key()):
        key = serial.load_pem_private_key(read_bounded(path, LARGEST_KEY), None)
    if not isinstance(key, ed.Ed25519PrivateKey):
        raise Problems.of(f"`{path}` is not a private Ed25519 key", fix="name a PEM file of one")
    return key


def _public(path: Path) -> Any:
    """The public key in a file; None for what is none."""
    ed, serial = _library()
    key: Any = None
    with suppress(*_no_key()):
        key = serial.load_pem_public_key(read_bounded(path, LARGEST_KEY))
    return key if isinstance(key, ed.Ed25519PublicKey) else None


def read_signature(path: Path) -> object:
    """What a file of a signature holds; whether it is one is for verify."""
    try:
        return read_json(read_bounded(path, LARGEST_KEY), str(path))
    except (ValueError, RecursionError):
        raise Problems.of("this is not a signature", str(path)) from None


def key_name(public: Any) -> str:
    """A short name of a public key, made of its bytes."""
    import hashlib

    _, serial = _library()
    raw = public.public_bytes(serial.Encoding.Raw, serial.PublicFormat.Raw)
    return "ed25519:" + hashlib.sha256(raw).hexdigest()[:32]


def _bound(data: bytes, purpose: str) -> bytes:
    return f"routing {purpose}\0".encode() + data


def _no_key() -> tuple[type[Exception], ...]:
    """What the library raises for bytes that are not a key, for a key behind a password, for one of a kind
    that it does not know, and for one on which what it is built upon fails."""
    from cryptography.exceptions import InternalError, UnsupportedAlgorithm

    return ValueError, TypeError, UnsupportedAlgorithm, InternalError


def _library() -> tuple[Any, Any]:
    try:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError:
        message = "signatures need the library `cryptography`, which is not installed"
        raise Problems.of(message, fix="install `cooperation-routing[sign]`") from None
    return ed25519, serialization
