"""The service supervisor keeps the archives; everybody consults for work; who keeps does not clear."""

from guanjia.people import posts

KEEPER = frozenset({posts.SERVICE_SUPERVISOR})
STAFF = posts.EVERYONE - {posts.ADMINISTRATOR}
# Who tidies and looks after the lists beside the supervisor.
HELPERS = KEEPER | {posts.SERVICE_OFFICER, posts.STEWARD}

RIGHTS = {
    "archives.open_file": HELPERS,
    "archives.place": HELPERS,
    "archives.file_document": HELPERS,
    "archives.change_document": KEEPER,
    "archives.update_list": KEEPER,
    "archives.end": KEEPER,
    "archives.consult": STAFF,
    "archives.show_to": KEEPER,
    "archives.copy": KEEPER,
    "archives.lend": KEEPER,
    "archives.find_again": KEEPER,
    "archives.propose": KEEPER,
    "archives.clear": KEEPER,
    "archives.destroy": frozenset({posts.SERVICE_MANAGER}),
    "archives.tidy": HELPERS,
    "archives.print_file": HELPERS | posts.SUPERVISORS,
    "archives.print_list": HELPERS | posts.SUPERVISORS,
    "archives.print_label": HELPERS,
    "archives.print_loans": HELPERS | posts.SUPERVISORS,
    "archives.print_retention": HELPERS | posts.SUPERVISORS,
    "archives.print_destruction": KEEPER | posts.SUPERVISORS,
}
