namespace LiveDash.Core.Query.Parsing;

/// <summary>An expression that cannot be read. Its message begins with line and column, as Prometheus' does.</summary>
public sealed class QuerySyntaxException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="faults">At least one, in the order of their places.</param>
    public QuerySyntaxException(string text, IReadOnlyList<QueryFault> faults)
        : base(Describe(text, faults[0])) => Faults = faults;

    /// <summary>What is wrong, in the order of the text; at least one and at most 20.</summary>
    public IReadOnlyList<QueryFault> Faults { get; }

    private static string Describe(string text, QueryFault fault)
    {
        var before = text.AsSpan(0, Math.Min(fault.Position, text.Length));
        var line = before.Count('\n') + 1;
        var column = before.Length - (before.LastIndexOf('\n') + 1) + 1;
        return $"{line}:{column}: parse error: {fault.Message}";
    }
}
