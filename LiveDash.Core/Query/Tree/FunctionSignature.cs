namespace LiveDash.Core.Query.Tree;

/// <summary>What a function takes and yields. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Returns">What it yields.</param>
/// <param name="Takes">The kinds of its arguments.</param>
/// <param name="Optional">How many of them, from the last, may be left out; -1 where the last may come any number of times, none too.</param>
/// <param name="IsExperimental">True where Prometheus calls it experimental.</param>
public sealed record FunctionSignature(string Name, ValueKind Returns, IReadOnlyList<ValueKind> Takes, int Optional = 0, bool IsExperimental = false)
{
    /// <summary>The least number of arguments.</summary>
    public int Least => Takes.Count - Math.Abs(Optional);

    /// <summary>The greatest number of arguments.</summary>
    public int Most => Optional < 0 ? int.MaxValue : Takes.Count;

    /// <summary>The kind of an argument.</summary>
    public ValueKind KindOf(int argument) => Takes[Math.Min(argument, Takes.Count - 1)];
}
