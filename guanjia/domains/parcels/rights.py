"""The counter takes in and hands over; stewards hand letters round; who leads sends back and reports missing."""

from guanjia.people import posts

HEADS = posts.SUPERVISORS | {posts.SERVICE_LEAD}
COUNTER = posts.COUNTER | {posts.STEWARD} | HEADS
RIGHTS = {
    "parcels.accept": posts.COUNTER | HEADS,
    "parcels.receive_mail": COUNTER,
    "parcels.turn_away": posts.COUNTER | HEADS,
    "parcels.hand_over": COUNTER,
    "parcels.hand_round": COUNTER,
    "parcels.put_elsewhere": COUNTER,
    "parcels.remind": COUNTER,
    "parcels.send_back": posts.COUNTER | HEADS,
    "parcels.report_missing": HEADS,
    "parcels.find_again": COUNTER,
    "parcels.print_label": COUNTER,
    "parcels.print_record": COUNTER,
    "parcels.print_consent": COUNTER,
    "parcels.print_consent_form": COUNTER,
    "parcels.print_register": COUNTER,
}
