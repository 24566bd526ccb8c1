namespace LiveDash.Core.Ingestion.States;

/// <summary>The words of a series as a document. Immutable.</summary>
/// <param name="Series">The series' canonical text.</param>
/// <param name="Texts">The texts by their numbers.</param>
public sealed record KeptStates(string Series, IReadOnlyList<string> Texts);
