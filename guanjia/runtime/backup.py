"""Backup to one file while everything runs, and restore into an empty place.

The file is a tar of `database.dump` (pg_dump, one snapshot), the folders of files, keys and seals, which are
read after the dump so that every file the dump names is there, and `manifest.json` with each member's sha256.
After the tar stands one line with the sha256 of everything before it: any damage shows before anything
is written.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import shutil
import sys
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from guanjia.config.loading import set_up_django

from . import dumping
from .place import Refusal, as_owner, database

FORMAT = 1
FOLDERS = ("files", "keys", "seals")
SINGLES = ("demo",)
MARK = b"guanjia-sha256 "
TRAILER = len(MARK) + 64 + 1
CHUNK = 1 << 20

STEPS = """\
To restore on an empty machine:
  1. install the same version of the program (git clone, Python 3.11)
  2. bin/guanjia restore {name} --data DIR     DIR must be empty or missing
  3. bin/run --data DIR
The file holds the keys of encrypted fields: keep it as safe as the data itself."""


def run_backup(arguments: argparse.Namespace) -> int:
    size = backup(arguments.data, arguments.file)
    manifest = check(arguments.file)  # read again: what is on record was whole
    _put_on_record(arguments.data, arguments.file, manifest["made_at"], size)
    print(f"{arguments.file}: {size / 1e6:.1f} MB")
    for name in ("GUANJIA_SECRET_KEY", "GUANJIA_MASTER_KEY"):
        if os.environ.get(name):
            print(f"{name} comes from the environment and is NOT in this backup: keep it elsewhere.")
    print(STEPS.format(name=arguments.file.name))
    return 0


def _put_on_record(data: Path, file: Path, made_at: str, size: int) -> None:
    """Say in the database that it was done; the file is good whatever becomes of that."""
    try:
        with database(data):
            set_up_django()
            keep = import_module("guanjia.config.safekeeping")
            keep.record(made_at=datetime.fromisoformat(made_at), size=size, digest=_digest(file))
    except Exception as error:
        print(f"The backup is whole, but its run could not be put on record: {error}", file=sys.stderr)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        stream.seek(-TRAILER, os.SEEK_END)
        return stream.read()[len(MARK) :].decode().strip()


def run_restore(arguments: argparse.Namespace) -> int:
    if arguments.check:
        manifest = check(arguments.file)
        print(f"{arguments.file} is whole: {len(manifest['members'])} members of {manifest['made_at']}.")
        return 0
    restore(arguments.data, arguments.file)
    print(f"Restored into {arguments.data}. Start it with: bin/run --data {arguments.data}")
    return 0


# --- writing -----------------------------------------------------------------------------------


class _Summing(io.RawIOBase):
    """Passes bytes on and keeps their sum."""

    def __init__(self, target: IO[bytes]) -> None:
        self.target, self.sum = target, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.sum.update(data)
        return self.target.write(data)

    def read(self, size: int = -1) -> bytes:
        data = self.target.read(size)
        self.sum.update(data)
        return data


def backup(data: Path, file: Path) -> int:
    """Write the backup; a file of that name is replaced only by a whole one. Returns its size."""
    file = Path(os.path.abspath(file))
    if not file.parent.is_dir():
        raise Refusal(f"There is no folder {file.parent}.")
    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    dump = file.with_name(f".{file.name}.{os.getpid()}.dump")
    try:
        with database(data) as cluster:
            dump.touch(mode=0o600)
            dumping.dump(cluster, dump)
            with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as raw:
                _write(raw, data, dump)
        partial.rename(file)
    finally:
        dump.unlink(missing_ok=True)
        partial.unlink(missing_ok=True)
    return file.stat().st_size


def _write(raw: IO[bytes], data: Path, dump: Path) -> None:
    outer = _Summing(raw)
    with tarfile.open(fileobj=outer, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        members = {"database.dump": _add(archive, "database.dump", dump)}
        for path in _files(data):
            name = path.relative_to(data).as_posix()
            try:
                members[name] = _add(archive, name, path)
            except FileNotFoundError:
                continue  # a temporary upload that is gone again; the dump does not name it
        made = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = json.dumps({"format": FORMAT, "made_at": made, "members": members}, indent=1).encode()
        entry = tarfile.TarInfo("manifest.json")
        entry.size, entry.mode = len(manifest), 0o600
        archive.addfile(entry, io.BytesIO(manifest))
    raw.write(MARK + outer.sum.hexdigest().encode() + b"\n")
    raw.flush()
    os.fsync(raw.fileno())


def _files(data: Path) -> Iterator[Path]:
    for name in FOLDERS:
        yield from sorted(p for p in (data / name).rglob("*") if p.is_file() and not p.is_symlink())
    yield from (data / name for name in SINGLES if (data / name).is_file())


def _add(archive: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as stream:
        about = os.fstat(stream.fileno())
        entry = tarfile.TarInfo(name)
        entry.size, entry.mtime, entry.mode = about.st_size, int(about.st_mtime), about.st_mode & 0o700
        reader = _Summing(stream)
        archive.addfile(entry, reader)
    return reader.sum.hexdigest()


# --- reading -----------------------------------------------------------------------------------


def check(file: Path) -> dict[str, Any]:
    """The manifest of a whole backup; any damage is refused in one sentence."""
    if not file.is_file():
        raise Refusal(f"There is no file {file}.")
    _check_sum(file)
    sums, manifest = {}, None
    try:
        with tarfile.open(file, "r:") as archive:
            for entry in archive:
                stream = archive.extractfile(entry)
                if stream is None:
                    raise Refusal(f"{file} holds something that is not a file: {entry.name}.")
                if entry.name == "manifest.json":
                    manifest = json.load(stream)
                else:
                    sums[entry.name] = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
    except (tarfile.TarError, ValueError) as error:
        raise Refusal(f"{file} is damaged: {error}.") from error
    if manifest is None or manifest.get("format") != FORMAT:
        raise Refusal(f"{file} was written by another version of the program.")
    if sums != manifest["members"]:
        wrong = sorted(set(sums.items()) ^ set(manifest["members"].items()))[0][0]
        raise Refusal(f"{file} is damaged: {wrong} does not match its digest.")
    if odd := [name for name in sums if not _is_ours(name)]:
        raise Refusal(f"{file} holds what no backup holds: {odd[0]}.")
    return dict(manifest)


def _check_sum(file: Path) -> None:
    size = file.stat().st_size - TRAILER
    found = hashlib.sha256()
    with file.open("rb") as stream:
        left = size
        while left > 0 and (chunk := stream.read(min(CHUNK, left))):
            found.update(chunk)
            left -= len(chunk)
        trailer = stream.read()
    if size <= 0 or not trailer.startswith(MARK):
        raise Refusal(f"{file} is cut off, or it is no backup of guanjia: nothing was restored.")
    if trailer != MARK + found.hexdigest().encode() + b"\n":
        raise Refusal(f"{file} is damaged, its digest does not match: nothing was restored.")


def _is_ours(name: str) -> bool:
    parts = name.split("/")
    is_plain = all(part not in ("", ".", "..") for part in parts)
    return is_plain and (name in ("database.dump", *SINGLES) or (parts[0] in FOLDERS and len(parts) > 1))


def restore(data: Path, file: Path) -> None:
    """Bring everything back into an empty data folder and an empty database, or leave both as they were."""
    if data.exists() and any(data.iterdir()):
        raise Refusal(f"{data} is not empty: restore only into an empty folder (--data DIR).")
    check(file)
    was_there = data.exists()
    try:
        with database(data) as cluster:
            dumping.refuse_tables()
            _unpack(file, data)
            dump = data / "database.dump"
            dumping.load(cluster, dump)
            dump.unlink()
            # Brings an older backup up to date, and gives the plain role its rights.
            if as_owner("prepare", "--verbosity", "0"):
                raise Refusal("The restored tables could not be brought up to date.")
    except BaseException:
        _empty(data, was_there)
        raise


def _unpack(file: Path, data: Path) -> None:
    with tarfile.open(file, "r:") as archive:
        for entry in archive:
            if entry.name == "manifest.json":
                continue
            target = data / entry.name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            stream = archive.extractfile(entry)
            assert stream is not None  # `check` has refused everything that is not a file
            with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                shutil.copyfileobj(stream, out, CHUNK)
            os.utime(target, (entry.mtime, entry.mtime))


def _empty(data: Path, was_there: bool) -> None:
    for path in data.iterdir() if data.exists() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    if data.exists() and not was_there:
        data.rmdir()
