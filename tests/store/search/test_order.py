"""Papers that came or changed are in every order where a new order would have them."""

from conftest import paper
from hypothesis import given
from hypothesis import strategies as st

from store.model import Paper
from store.search.order import Orders

DAYS = st.sampled_from(["", "2025-07-31", "2025-08-01", "2025-08-02"])
TITLES = st.sampled_from(["Snails", "Lamps", "Sorting Pebbles", "On Snails"])
PAPERS = st.builds(lambda day, title: paper(date=day, title=title), DAYS, TITLES)


def both_orders(papers: list[Paper], orders: Orders) -> tuple[list[int], ...]:
    everything = (1 << len(papers)) - 1
    return list(orders.newest(everything)), list(orders.ranked({1: everything}))


@given(
    st.lists(PAPERS, min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), PAPERS), max_size=4),
    st.lists(PAPERS, max_size=3),
)
def test_rows_that_changed_are_where_a_new_order_has_them(
    papers: list[Paper], changed: list[tuple[int, Paper]], more: list[Paper]
) -> None:
    titles = [each.title for each in papers]
    orders = Orders(papers, titles)
    both_orders(papers, orders)
    for number, each in changed:
        row = number % len(papers)
        papers[row], titles[row] = each, each.title
        orders.changed([row])
    papers += more
    titles += [each.title for each in more]
    fresh = Orders(papers, titles)
    assert both_orders(papers, orders) == both_orders(papers, fresh)
