"""What a simulator remembers, over a restart too."""

from concurrent.futures import ThreadPoolExecutor

from standpipe.gateway.simulation.store import Store


def test_documents_are_found_by_id_and_by_label_newest_first():
    store = Store()
    store.put("message", "1", {"n": 1}, label="a")
    store.put("message", "2", {"n": 2}, label="a")
    store.put("message", "3", {"n": 3}, label="b")
    store.put("other", "1", {"n": 4}, label="a")

    assert store.get("message", "2") == {"n": 2}
    assert store.get("message", "4") is None
    assert [one["n"] for one in store.newest("message", label="a", most=9)] == [2, 1]
    assert [one["n"] for one in store.newest("message", most=2)] == [3, 2]
    assert store.count("message") == 3


def test_a_document_put_again_is_replaced_where_it_stands():
    store = Store()
    store.put("payment", "1", {"state": "created"}, label="r")
    store.put("payment", "2", {"state": "created"}, label="r")
    store.put("payment", "1", {"state": "success"})

    states = [one["state"] for one in store.newest("payment", label="r", most=9)]
    assert states == ["created", "success"]


def test_a_file_keeps_them(tmp_path):
    path = str(tmp_path / "kept.sqlite")
    Store(path).put("message", "1", {"n": 1})

    assert Store(path).get("message", "1") == {"n": 1}


def test_threads_may_share_it():
    store = Store()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: store.put("message", str(n), {"n": n}), range(300)))

    assert store.count("message") == 300
