namespace LiveDash.Core.Alerts.Books;

/// <summary>How alerts, episodes, silences and rules are kept: the kinds of documents and their ids. Stateless, so safe on any thread.</summary>
internal static class AlertDocuments
{
    public const string Alert = "alert";
    public const string Episode = "episode";
    public const string Silence = "silence";
    public const string Rule = "rule";
    public const string Quiet = "alert-quiet";
    public const string Changes = "alert-changes";

    /// <summary>Episodes sort by the time they fired.</summary>
    public static string EpisodeKey(Episode episode) => $"{episode.FiredAt:D19}-{episode.Id}";
}
