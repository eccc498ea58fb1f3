"""Batches: one piece of work over many partitions, on this machine or on a cluster, and the sum of what they give."""

from guatu.adapters.batch.combine import combined
from guatu.adapters.batch.runners import ClusterRunner, LocalRunner, Runner, cluster_is_here

__all__ = ["ClusterRunner", "LocalRunner", "Runner", "cluster_is_here", "combined"]
