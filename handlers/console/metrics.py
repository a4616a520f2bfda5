"""The figures as Prometheus reads them: rows counted at the moment of asking."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from handlers.console.figures import Figures
from handlers.pulse import Pulse


@dataclass(eq=False)
class Counted(Collector):
    """One moment's figures."""

    figures: Figures
    pulse: Pulse | None
    now: datetime

    def collect(self) -> Iterator[Metric]:
        figures = self.figures
        yield _total(
            "haichieu_deliveries", "Sends that came to an end", "outcome", figures.deliveries
        )
        yield _gauge("haichieu_outbox_entries", "Entries of the outbox", "state", figures.outbox)
        yield _total(
            "haichieu_updates", "Updates received and dealt with", "result", self._updates()
        )
        yield _gauge("haichieu_opinions", "Opinions", "state", figures.opinions)
        yield _gauge("haichieu_chats", "Groups", "state", figures.chats)
        yield _gauge("haichieu_waiting", "What waits to be done", "queue", self._waiting())
        if self.pulse is not None:
            age = (self.now - self.pulse.seen_at).total_seconds()
            yield GaugeMetricFamily(
                "haichieu_post_silent_seconds", "Since post last gave a sign of life", value=age
            )

    def _updates(self) -> dict[str, int]:
        """Only `post` knows the vault's inbox; while it is silent there is nothing to tell."""
        if self.pulse is None:
            return {}
        kept = {"done": self.pulse.done, "parked": self.pulse.updates.get("parked", 0)}
        return {**self.pulse.refused, **kept}

    def _waiting(self) -> dict[str, int]:
        told = self.pulse.updates if self.pulse else {}
        return {**self.figures.queues, "updates": told.get("waiting", 0)}


def _total(name: str, about: str, label: str, counts: Mapping[str, int]) -> Metric:
    return _filled(CounterMetricFamily(name, about, labels=[label]), counts)


def _gauge(name: str, about: str, label: str, counts: Mapping[str, int]) -> Metric:
    return _filled(GaugeMetricFamily(name, about, labels=[label]), counts)


def _filled(family: CounterMetricFamily | GaugeMetricFamily, counts: Mapping[str, int]) -> Metric:
    for value, count in sorted(counts.items()):
        family.add_metric([value], count)
    return family
