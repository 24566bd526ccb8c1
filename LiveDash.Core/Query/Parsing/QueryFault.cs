namespace LiveDash.Core.Query.Parsing;

/// <summary>What is wrong with an expression, and where. Immutable.</summary>
/// <param name="Position">How many characters of the text stand before the fault.</param>
/// <param name="End">Where the fault ends, exclusively; at least <paramref name="Position"/>.</param>
/// <param name="Message">What is wrong, as Prometheus says it where it knows the fault.</param>
public sealed record QueryFault(int Position, int End, string Message);
