namespace LiveDash.Core.Ingestion.Decoding.Statsd;

/// <summary>What a StatsD metric is.</summary>
internal enum StatsdType
{
    /// <summary><c>c</c>: the sum over an interval.</summary>
    Counter,

    /// <summary><c>g</c>: the last value; a sign adds to it.</summary>
    Gauge,

    /// <summary><c>ms</c>, <c>h</c>, <c>d</c>: statistics over an interval.</summary>
    Timer,

    /// <summary><c>s</c>: how many different values an interval saw.</summary>
    Set,
}
