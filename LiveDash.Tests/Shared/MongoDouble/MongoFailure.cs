namespace LiveDash.Tests.Shared.MongoDouble;

/// <summary>A failure that a test asks for.</summary>
/// <param name="Command">Which command fails; <c>*</c> for every write.</param>
/// <param name="Collection">Of which collection; null for any.</param>
internal sealed record MongoFailure(string Command, string? Collection = null)
{
    /// <summary>How many more commands pass first.</summary>
    public int Skip { get; set; }

    /// <summary>How often.</summary>
    public int Times { get; set; } = 1;

    /// <summary>What is answered; null to close the connection instead.</summary>
    public MongoFault? Fault { get; init; }

    /// <summary>True to do the command first: its reply alone is lost, or replaced.</summary>
    public bool Afterwards { get; init; }
}
