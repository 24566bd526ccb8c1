namespace LiveDash.Core.Query.Data;

/// <summary>An expression that was read and has no answer; the message says why, in Prometheus' words where it has some.</summary>
public sealed class QueryException(QueryErrorKind kind, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public QueryErrorKind Kind { get; } = kind;
}
