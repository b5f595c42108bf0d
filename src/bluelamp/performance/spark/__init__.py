"""How is Apache Spark had? Its address, its Java, its session; what it counts is `cubes.engine_spark`'s.

Not pure: it starts a process or connects to one.
"""
