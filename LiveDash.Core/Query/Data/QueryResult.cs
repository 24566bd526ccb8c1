using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Data;

/// <summary>The answer to an expression. Immutable.</summary>
public sealed record QueryResult
{
    /// <summary>What it is: of a range evaluation always <see cref="ValueKind.Matrix"/>.</summary>
    public required ValueKind Kind { get; init; }

    /// <summary>The moment of evaluation, of a range the last one, in UTC ticks.</summary>
    public required long At { get; init; }

    /// <summary>The series that have a value, of a vector or matrix; those of an instant vector in the order that sort() or topk() asked for.</summary>
    public IReadOnlyList<QueryPoints> Series { get; init; } = [];

    /// <summary>The number of a scalar.</summary>
    public double Scalar { get; init; }

    /// <summary>The text of a string.</summary>
    public string Text { get; init; } = "";

    /// <summary>What is doubtful about the answer; at most 100.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What it took.</summary>
    public required QueryUse Use { get; init; }
}
