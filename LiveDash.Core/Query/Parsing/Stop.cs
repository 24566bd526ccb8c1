namespace LiveDash.Core.Query.Parsing;

/// <summary>Carries the fault behind which nothing can be read any more out of the parser.</summary>
internal sealed class Stop(int position, int end, string message) : Exception(message)
{
    /// <summary>The fault.</summary>
    public QueryFault Fault { get; } = new(position, end, message);
}
