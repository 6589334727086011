from __future__ import annotations

import os
import stat
from datetime import date, datetime, time, timedelta
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from cppp_cli import clock, paths
from cppp_cli.errors import ConflictError, NotFoundError, UsageProblemError


@pytest.fixture(autouse=True)
def _ordinary_computer(monkeypatch):
    for name in ("CPPP_HOME", "CPPP_TODAY", "OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        monkeypatch.delenv(name, raising=False)


# The officer's folder


def test_the_folder_is_the_platforms_own_unless_it_is_moved(monkeypatch, tmp_path):
    usual = paths.home()
    assert usual.is_absolute()
    assert usual.name == "cppp"
    monkeypatch.setenv("CPPP_HOME", str(tmp_path / "desk"))
    assert paths.home() == tmp_path / "desk"
    monkeypatch.setenv("CPPP_HOME", " ")
    assert paths.home() == usual


def test_a_moved_folder_may_be_named_from_here_or_from_home(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CPPP_HOME", "desk")
    assert paths.home() == Path.cwd() / "desk"
    monkeypatch.setenv("CPPP_HOME", "~/desk")
    assert paths.home() == Path.home() / "desk"


def test_what_is_in_the_folder_lies_directly_in_it(tmp_path):
    inside = [paths.database(tmp_path), paths.backups(tmp_path), paths.office_templates(tmp_path)]
    assert [place.name for place in inside] == ["officer.db", "backups", "templates"]
    assert {place.parent for place in inside} == {tmp_path}


def test_documents_never_go_into_the_officers_folder(monkeypatch, tmp_path):
    usual = paths.default_documents(paths.home())
    assert usual.name == "CPPP"
    assert not usual.is_relative_to(paths.home())
    monkeypatch.setenv("CPPP_HOME", str(tmp_path / "desk"))
    moved = paths.default_documents(paths.home())
    assert moved == tmp_path / "desk-documents"
    assert not moved.is_relative_to(paths.home())


def test_documents_are_not_proposed_where_a_service_copies_them(monkeypatch):
    monkeypatch.setattr(paths, "synced_by", lambda _path: "OneDrive")
    assert paths.default_documents(paths.home()) == Path.home() / "CPPP"


@pytest.mark.parametrize("find", [paths.shipped_templates, paths.examples])
def test_shipped_files_are_found_in_a_wheel_and_in_a_checkout(monkeypatch, tmp_path, find):
    package = tmp_path / "cppp_cli"
    package.mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", package)
    with pytest.raises(NotFoundError, match="install cppp again"):
        find()
    name = "templates" if find is paths.shipped_templates else "examples"
    (tmp_path / name).mkdir()
    assert find() == tmp_path / name
    (package / name).mkdir()
    assert find() == package / name


def mode_of(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def test_a_new_folder_is_private(tmp_path):
    folder = tmp_path / "a" / "b"
    paths.make_private_folder(folder)
    paths.make_private_folder(folder)
    if os.name == "posix":
        assert mode_of(folder) == 0o700
    else:
        assert folder.is_dir()


def test_an_empty_folder_is_made_private_and_one_in_use_is_left_alone(tmp_path):
    empty, used = tmp_path / "empty", tmp_path / "used"
    for folder in (empty, used):
        folder.mkdir(mode=0o755)
    (used / "letter.txt").touch()
    before = mode_of(used)
    for folder in (empty, used):
        paths.make_private_folder(folder)
    assert mode_of(used) == before
    assert mode_of(empty) == (0o700 if os.name == "posix" else before)


def test_a_folder_that_cannot_be_made_is_a_conflict(tmp_path):
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / "file" / "folder"):
        with pytest.raises(ConflictError, match="CPPP_HOME"):
            paths.make_private_folder(place)


# Folders that are copied elsewhere


@pytest.mark.parametrize(
    ("part", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Some Council", "OneDrive"),
        ("OneDrive-Personal", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("Google Drive", "Google Drive"),
        ("GoogleDrive-someone@example.org", "Google Drive"),
        ("My Drive", "Google Drive"),
        ("iCloudDrive", "iCloud"),
        ("com~apple~CloudDocs", "iCloud"),
        ("Mobile Documents", "iCloud"),
        ("Box", "Box"),
        ("Box Sync", "Box"),
        ("Box-Box", "Box"),
        ("Nextcloud", "Nextcloud"),
    ],
)
def test_a_service_is_known_by_the_name_of_its_folder(tmp_path, part, service):
    assert paths.synced_by(tmp_path / part / "work" / "cppp") == service


@pytest.mark.parametrize("part", ["boxes", "box", "Toolbox", "onedriven", "dropboxes", "cloud", "Drive", "next"])
def test_an_ordinary_folder_is_not_taken_for_a_service(tmp_path, part):
    assert paths.synced_by(tmp_path / part / "cppp") is None


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_onedrive_is_known_by_its_variables_whatever_its_folder_is_called(monkeypatch, tmp_path, variable):
    monkeypatch.setenv(variable, str(tmp_path / "work files"))
    assert paths.synced_by(tmp_path / "work files" / "cppp") == "OneDrive"
    assert paths.synced_by(tmp_path / "work files 2" / "cppp") is None


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".dropbox", "Dropbox"),
        (".nextcloudsync.log", "Nextcloud"),
        (".sync_0a1b2c.db", "Nextcloud"),
        ("._sync_0a1b2c.db", "Nextcloud"),
    ],
)
def test_a_service_is_known_by_the_file_it_leaves(tmp_path, marker, service):
    folder = tmp_path / "files" / "cppp"
    assert paths.synced_by(folder) is None
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / marker).touch()
    assert paths.synced_by(folder) == service


def test_a_service_is_known_by_the_folder_it_leaves_and_not_by_its_settings(tmp_path):
    (tmp_path / ".dropbox").mkdir()  # its settings, in a person's home
    assert paths.synced_by(tmp_path / "cppp") is None
    (tmp_path / ".tmp.driveupload").mkdir()
    assert paths.synced_by(tmp_path / "cppp") == "Google Drive"


def test_a_link_into_a_service_is_followed(tmp_path):
    (tmp_path / "Dropbox" / "cppp").mkdir(parents=True)
    link = tmp_path / "desk"
    try:
        link.symlink_to(tmp_path / "Dropbox" / "cppp", target_is_directory=True)
    except OSError:  # Windows lets only some people make links
        link = tmp_path / "Dropbox" / "cppp"
    assert paths.synced_by(link) == "Dropbox"


@pytest.mark.parametrize(
    ("text", "on_server"),
    [
        (r"\\server\share\cppp", True),
        (r"\\?\UNC\server\share\cppp", True),
        (r"\\?\C:\Users\alex\cppp", False),
        (r"\\.\C:\Users\alex\cppp", False),
        (r"C:\Users\alex\cppp", False),
        (r"cppp", False),
    ],
)
def test_a_server_is_known_by_the_form_of_the_path(text, on_server):
    assert paths._is_on_server(PureWindowsPath(text)) is on_server


def test_a_mapped_drive_is_known_by_where_it_leads(monkeypatch, tmp_path):
    # Windows resolves a mapped letter to its server; elsewhere a folder of that name stands in for it.
    monkeypatch.setattr(paths, "_resolved", lambda _path: PureWindowsPath(r"\\server\home\alex"))
    assert paths.synced_by(tmp_path / "cppp") == "a network drive"


# As Linux lists them: number, parent, device, root, mount point, options, a dash, kind, source.
MOUNTS = """\
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 27 0:40 / /home rw shared:2 - nfs4 server:/home rw,vers=4.2
41 40 8:1 / /home/alex/local rw - ext4 /dev/sdb1 rw
42 27 0:42 / /mnt/my\\040share rw master:3 - cifs //server/share rw
43 27 0:43 / /media/stick rw - vfat /dev/sdc1 rw
44 27 0:44 / /mnt/twice rw - cifs //server/share rw
45 44 8:2 / /mnt/twice rw - ext4 /dev/sdd1 rw
46 27 0:46 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
47 27 0:47 / /srv/a rw - fuse.sshfs alex@server: rw
a line that says nothing
"""


@pytest.mark.parametrize(
    ("path", "afar"),
    [
        ("/var/lib/cppp", False),
        ("/home/alex/.local/share/cppp", True),
        ("/home", True),
        ("/homestead/alex", False),
        ("/home/alex/local/cppp", False),
        ("/home/alex/locally/cppp", True),
        ("/mnt/my share/cppp", True),
        ("/mnt/my", False),
        ("/media/stick", False),
        ("/mnt/twice/cppp", False),
        ("/run/user/1000/gvfs/smb-share:server=x/cppp", True),
        ("/srv/a/b/c", True),
    ],
)
def test_a_server_is_known_by_the_kind_of_its_mount(path, afar):
    assert paths._is_mounted_from_afar(PurePosixPath(path), MOUNTS) is afar


def test_nothing_is_a_server_where_no_mounts_are_listed():
    assert not paths._is_mounted_from_afar(PurePosixPath("/home/alex"), "")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such list")
def test_a_folder_on_a_mounted_server_is_a_network_drive(monkeypatch, tmp_path):
    listed = tmp_path / "mountinfo"
    listed.write_text(f"9 1 0:9 / {tmp_path.resolve()}/far rw - nfs server:/x rw\n", encoding="utf-8")
    monkeypatch.setattr(paths, "_MOUNTS", listed)
    assert paths.synced_by(tmp_path / "far" / "cppp") == "a network drive"
    assert paths.synced_by(tmp_path / "near" / "cppp") is None
    (tmp_path / "far").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "far")
    assert paths.synced_by(tmp_path / "link" / "cppp") == "a network drive"


# What else lies there


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
@pytest.mark.parametrize(
    ("mode", "others"), [(0o700, False), (0o600, False), (0o640, True), (0o604, True), (0o701, True)]
)
def test_a_place_is_open_to_others_by_its_mode(tmp_path, mode, others):
    place = tmp_path / "place"
    place.touch()
    place.chmod(mode)
    assert paths.open_to_others(place) is others
    assert not paths.open_to_others(tmp_path / "nothing")


def test_the_room_left_is_that_of_the_disk(tmp_path):
    assert (paths.free_bytes(tmp_path) or 0) > 0
    assert paths.free_bytes(tmp_path / "nothing") is None


def test_what_lies_in_the_folder_is_ours_the_systems_or_a_stranger(tmp_path):
    assert paths.strangers(tmp_path / "nothing") == ()
    ours = ["officer.db", "officer.db-journal", "unlocked", "unfinished-0a1b.db", "unfinished-0a1b.db-journal"]
    for name in (*ours, ".DS_Store", "._officer.db", "Thumbs.db", "desktop.ini", "officer.db.bak", "notes.txt"):
        (tmp_path / name).touch()
    for folder in (paths.backups(tmp_path), paths.office_templates(tmp_path), tmp_path / "old"):
        folder.mkdir()
    assert [found.name for found in paths.strangers(tmp_path)] == ["notes.txt", "officer.db.bak", "old"]


def test_what_lies_among_the_copies_is_a_copy_or_a_stranger(tmp_path):
    for name in ("officer-1.db", "officer-1.db-journal", "officer-2.db", "turn", "unfinished-0a1b.db", ".DS_Store"):
        (tmp_path / name).touch()
    found = paths.strangers_among_copies(tmp_path, {"officer-1.db"})
    assert [path.name for path in found] == ["officer-2.db"]


def test_a_document_that_was_cut_off_is_known_by_its_name(tmp_path):
    for name in (".cppp-a1_b2.part", ".cppp-.part.docx", "cppp-a.part", "report.docx"):
        (tmp_path / name).touch()
    assert [path.name for path in paths.left_in_writing(tmp_path)] == [".cppp-a1_b2.part"]
    assert paths.left_in_writing(tmp_path / "nothing") == ()


# The clock (its only reader in this part of the program is a command, as for the paths)


def test_the_time_is_the_systems_with_its_offset():
    before = datetime.now().astimezone()
    read = clock.now()
    assert before <= read <= datetime.now().astimezone()
    assert read.utcoffset() == before.utcoffset()
    assert timedelta(0) <= clock.today() - before.date() <= timedelta(days=1)


@pytest.mark.parametrize("day", [date(2027, 3, 6), date(2024, 2, 29), date(2026, 7, 1)])
def test_a_fixed_day_is_nine_in_the_morning_here(monkeypatch, day):
    monkeypatch.setenv("CPPP_TODAY", f" {day.isoformat()} ")
    assert clock.today() == day
    assert clock.now().replace(tzinfo=None) == datetime.combine(day, time(9))
    assert clock.now().utcoffset() == datetime.combine(day, time(9)).astimezone().utcoffset()


@pytest.mark.parametrize("text", ["tomorrow", "6 March 2027", "2027-02-29", "2027-13-01"])
def test_a_fixed_day_that_is_no_date_is_told(monkeypatch, text):
    monkeypatch.setenv("CPPP_TODAY", text)
    for read in (clock.today, clock.now):
        with pytest.raises(UsageProblemError, match="2027-03-06"):
            read()


def test_an_empty_fixed_day_is_the_systems(monkeypatch):
    monkeypatch.setenv("CPPP_TODAY", "")
    assert clock.now().year >= 2026
