namespace LiveDash.Web.ViewModels;

/// <summary>What one sender has to be told to reach this server. Immutable.</summary>
/// <param name="Id">Its place in the address of the page.</param>
/// <param name="Name">As people know it.</param>
/// <param name="Group">Under which heading it stands.</param>
/// <param name="Way">How its points travel, in two words.</param>
/// <param name="Lead">What it takes, in a sentence.</param>
/// <param name="Kinds">The kinds of sources on which its points are accounted.</param>
/// <param name="Steps">What to do, in order.</param>
public sealed record SenderGuide(string Id, string Name, string Group, string Way, string Lead, IReadOnlyList<string> Kinds, IReadOnlyList<SenderStep> Steps)
{
    /// <summary>Why it cannot arrive now, where its listener is off or its port is taken; else null.</summary>
    public string? Missing { get; init; }
}
