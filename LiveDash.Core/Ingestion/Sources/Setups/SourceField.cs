namespace LiveDash.Core.Ingestion.Sources.Setups;

/// <summary>One setting of a kind of source: what a form shows and a file names. Immutable.</summary>
/// <param name="Key">As in files and in the API.</param>
/// <param name="Label">As on screen.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Default">What stands where nothing is said.</param>
/// <param name="Help">One sentence: what it does, with an example.</param>
public sealed record SourceField(string Key, string Label, SourceFieldType Type, string Default, string Help)
{
    /// <summary>What may be chosen, of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>True where something must be said.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True where it says whom the source talks to: when it changes, secrets that were kept are not sent there.</summary>
    public bool IsTarget { get; init; }
}
