"""Where things lie: the officer's folder, what is in it, and the files shipped with the program.

Read by commands only; what they find is passed down. Nothing here opens a file of anybody's.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, Final

from cppp_cli.errors import ConflictError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Collection

MOVED_BY: Final = "CPPP_HOME"
"""Environment variable that moves the officer's folder."""

_PACKAGE: Final = Path(__file__).resolve().parent

_NETWORK_DRIVE: Final = "a network drive"

# What the program puts into the officer's folder, and what an operating system leaves in any.
_UNFINISHED: Final = r"unfinished-[0-9a-f]+\.db(-journal)?"  # removed by the next copy that is made
_OURS: Final = re.compile(rf"officer\.db(-journal)?|backups|templates|unlocked|{_UNFINISHED}")
_BESIDE_COPIES: Final = re.compile(rf"turn|{_UNFINISHED}")
_SYSTEMS: Final = re.compile(r"\.DS_Store$|\._|desktop\.ini$|thumbs\.db$|\.directory$", re.IGNORECASE)
_HALF_WRITTEN: Final = re.compile(r"\.cppp-.+\.part(-journal)?")

# Linux keeps its list of mounts here, and these are the kinds that lie on another computer. macOS shows its list
# through a program or a C structure only, so a server mounted there is not noticed.
_MOUNTS: Final = Path("/proc/self/mountinfo")
_NETWORK_KINDS: Final = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "ncpfs", "afs", "9p", "davfs", "ceph", "fuse.ceph"),
        *(
            "fuse.sshfs",
            "fuse.davfs",
            "fuse.davfs2",
            "fuse.rclone",
            "fuse.gvfsd-fuse",
            "fuse.glusterfs",
            "fuse.smbnetfs",
        ),
    }
)

# The names these services give the folder they keep in step, alone or before an account's name
# ("OneDrive - Some Council", "GoogleDrive-someone", "Dropbox (Personal)"). "Box" is also an ordinary word, so only
# the spellings of the service count.
_FOLDER_NAMES: Final = (
    (re.compile(r"onedrive($|[ -])", re.IGNORECASE), "OneDrive"),
    (re.compile(r"dropbox($|[ (-])", re.IGNORECASE), "Dropbox"),
    (re.compile(r"(google ?drive($|[ (-])|my drive$)", re.IGNORECASE), "Google Drive"),
    (re.compile(r"(icloud ?drive$|com~apple~clouddocs$|mobile documents$)", re.IGNORECASE), "iCloud"),
    (re.compile(r"(Box|Box Sync|Box-Box)$"), "Box"),
    (re.compile(r"nextcloud($|[ -])", re.IGNORECASE), "Nextcloud"),
)

_MOUNT_POINT: Final = 4  # the field of a line of the list of mounts
_OCTAL: Final = re.compile(r"\\([0-7]{3})")  # how a blank is written there

# Set by the OneDrive client to the folders it keeps in step, whatever they are called.
_FOLDER_VARIABLES: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")

# Left by the clients in the top of a folder they keep in step. Dropbox's settings folder in a person's home is also
# called .dropbox, but is a folder: only a file is a sign.
_MARKER_FILES: Final = (
    (".dropbox", "Dropbox"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "Nextcloud"),
    (".sync_*.db", "Nextcloud"),
    ("._sync_*.db", "Nextcloud"),
)
_MARKER_FOLDERS: Final = (
    (".dropbox.cache", "Dropbox"),
    (".tmp.driveupload", "Google Drive"),
    (".tmp.drivedownload", "Google Drive"),
)


def home() -> Path:
    """The officer's folder: `CPPP_HOME`, or the platform's folder for an application's data on this computer.

    On Windows that is the local profile, not the roaming one, so that it stays on the laptop.
    """
    moved = os.environ.get(MOVED_BY, "").strip()
    if moved:
        return Path(moved).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("cppp", appauthor=False, roaming=False)


def database(home: Path) -> Path:
    """The officer's encrypted file."""
    return home / "officer.db"


def is_set_up(home: Path) -> bool:
    """Whether the officer's file is there.

    Raises:
        ConflictError: the folder may not be looked into.
    """
    try:
        return database(home).exists()
    except OSError:
        raise ConflictError(
            "The officer's folder may not be looked into: it belongs to another account. Sign in as that one, or allow "
            "reading it; then try again."
        ) from None


def backups(home: Path) -> Path:
    """The folder of encrypted copies of the officer's file."""
    return home / "backups"


def office_templates(home: Path) -> Path:
    """The folder of templates the officer or the office has changed; it goes before the shipped one."""
    return home / "templates"


def shipped_templates() -> Path:
    """The folder of templates that come with the program.

    Raises:
        NotFoundError: the installation is not complete.
    """
    return _shipped("templates")


def examples() -> Path:
    """The folder of made-up families that come with the program.

    Raises:
        NotFoundError: the installation is not complete.
    """
    return _shipped("examples")


def default_documents(home: Path) -> Path:
    """The folder for documents that `init` proposes; never inside the officer's folder, where nothing is readable.

    It is `CPPP` in the person's own documents, or in their profile when their documents are copied to a sync
    service. When the officer's folder was moved it is a folder beside that one, so that a demonstration leaves
    nothing among real documents.
    """
    if os.environ.get(MOVED_BY, "").strip():
        return home.with_name(f"{home.name}-documents")
    from platformdirs import user_documents_path

    documents = user_documents_path()
    return (Path.home() if synced_by(documents) else documents) / "CPPP"


def make_private_folder(path: Path) -> None:
    """Make the folder, and those above it, so that only the person who runs this can look inside.

    On Linux and macOS the mode is 0700. Windows has no such mode: a folder in a person's profile carries the
    profile's access list, which lets in that person, the system and administrators only, and a folder elsewhere
    keeps the list of the folder above it. A folder that exists and holds something is left as it is, since it may
    serve others too.

    Raises:
        ConflictError: the folder cannot be made there.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix" and not any(path.iterdir()):
            path.chmod(0o700)
    except OSError:
        raise ConflictError(
            f"The officer's folder cannot be made where it should be; choose another place with {MOVED_BY}."
        ) from None


def synced_by(path: Path) -> str | None:
    """The service that copies this folder elsewhere, or `a network drive`; none when no sign of one is found.

    An encrypted file copied while it is being written can be damaged, and a document copied leaves the laptop.
    Names of folders, the variables the clients set and the files they leave are looked at, for the path as given
    and for where it leads; on Linux also the kind of the disk it is on. (On Windows resolving also turns a mapped
    drive letter into its server.) No sign is not a proof: a client may be told to copy any folder.
    """
    given = path.expanduser().absolute()
    if _is_mounted_from_afar(PurePosixPath(_resolved(given)), _mounts()):
        return _NETWORK_DRIVE
    for place in (given, _resolved(given)):
        found = (
            (_NETWORK_DRIVE if _is_on_server(place) else None)
            or _service_in_names(place)
            or _service_in_variables(place)
            or _service_in_markers(place)
        )
        if found:
            return found
    return None


def open_to_others(path: Path) -> bool:
    """Whether another account of this computer may read, change or look into it; False where that cannot be known.

    Windows shows a mode that says nothing of its access lists.
    """
    if os.name != "posix":
        return False
    try:
        return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
    except OSError:
        return False


def free_bytes(path: Path) -> int | None:
    """The room left on the disk of this folder, in bytes; none when the system does not say."""
    try:
        return shutil.disk_usage(path).free
    except OSError:
        return None


def strangers(home: Path) -> tuple[Path, ...]:
    """What lies in the officer's folder and is not of this program, nor of the system's own making."""
    return tuple(found for found in _inside(home) if not _OURS.fullmatch(found.name) and not _SYSTEMS.match(found.name))


def strangers_among_copies(folder: Path, copies: Collection[str]) -> tuple[Path, ...]:
    """What lies in the folder of copies and is none of these, nor what the program needs while it makes one."""
    known = (found for found in _inside(folder) if found.name.removesuffix("-journal") not in copies)
    return tuple(
        found for found in known if not _BESIDE_COPIES.fullmatch(found.name) and not _SYSTEMS.match(found.name)
    )


def left_in_writing(folder: Path) -> tuple[Path, ...]:
    """Documents and exports that a killed program left half-written, readable by this person only."""
    return tuple(found for found in _inside(folder) if _HALF_WRITTEN.fullmatch(found.name))


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _shipped(name: str) -> Path:
    # A wheel carries the folder inside the package; in an editable install it stands beside the package.
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise NotFoundError(f"The folder of {name} that comes with cppp is missing; install cppp again.")


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a server that is away, or links in a circle
        return path


def _mounts() -> str:
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def _is_mounted_from_afar(path: PurePosixPath, mounts: str) -> bool:
    """Whether the innermost mount that holds this path is of a kind that lies on another computer.

    Args:
        path: where it leads, without links.
        mounts: the list as `/proc/self/mountinfo` has it, oldest first; a later mount hides an earlier one.
    """
    kind, depth = "", 0
    for line in mounts.splitlines():
        first, _, last = line.partition(" - ")
        fields = first.split(" ")
        if len(fields) <= _MOUNT_POINT or not last:
            continue
        point = PurePosixPath(_OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[_MOUNT_POINT]))
        if path.is_relative_to(point) and len(point.parts) >= depth:
            kind, depth = last.split(" ")[0], len(point.parts)
    return kind in _NETWORK_KINDS


def _is_on_server(path: PurePath) -> bool:
    text = str(path).replace("/", "\\")
    if text.startswith(("\\\\?\\", "\\\\.\\")):  # Windows' long form, of a local drive or of a server
        return text.upper().startswith("\\\\?\\UNC\\")
    return text.startswith("\\\\")


def _service_in_names(path: PurePath) -> str | None:
    for part in path.parts:
        for pattern, service in _FOLDER_NAMES:
            if pattern.match(part):
                return service
    return None


def _service_in_variables(path: Path) -> str | None:
    for variable in _FOLDER_VARIABLES:
        folder = os.environ.get(variable, "").strip()
        if folder and path.is_relative_to(Path(folder)):
            return "OneDrive"
    return None


def _service_in_markers(path: Path) -> str | None:
    for folder in (path, *path.parents):
        try:
            for pattern, service in _MARKER_FILES:
                if any(found.is_file() for found in folder.glob(pattern)):
                    return service
            for name, service in _MARKER_FOLDERS:
                if (folder / name).is_dir():
                    return service
        except OSError:  # a folder that may not be looked into tells nothing
            continue
    return None
