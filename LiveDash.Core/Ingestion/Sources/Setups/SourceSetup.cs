namespace LiveDash.Core.Ingestion.Sources.Setups;

/// <summary>What a user wrote about one source, or one way onward. Immutable.</summary>
/// <param name="Name">Names it; unique.</param>
/// <param name="Kind">The name of its <see cref="SourceKind"/>.</param>
/// <param name="Enabled">Whether it runs.</param>
/// <param name="Values">Its settings by key; one that is missing has its default.</param>
public sealed record SourceSetup(string Name, string Kind, bool Enabled, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>True where it stands in the configuration's files: then it is changed there.</summary>
    public bool IsFromFile { get; init; }
}
