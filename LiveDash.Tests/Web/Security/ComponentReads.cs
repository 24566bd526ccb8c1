namespace LiveDash.Tests.Web.Security;

/// <summary>Calls of components that change nothing which others see or which is kept: of what they only look at, and of what is one browser's, or one session's, own.</summary>
internal static class ComponentReads
{
    /// <summary>Types of which all calls are such.</summary>
    private static readonly HashSet<string> s_types = new(StringComparer.Ordinal)
    {
        // What the address, the browser and the circuit hold.
        "NavigationManager", "IJSRuntime", "ISnackbar", "ViewTime", "ViewZone", "FramePump", "DashboardMarks", "AlertGlance", "WindowScope", "TimeProvider", "Look", "IServiceProvider",
        // What is only asked.
        "AccessTable", "SeriesCatalog", "LiveEngine", "IPointStore", "QueryEngine", "QueryLimits", "StatisticsReader", "StrangeMoments", "Visitor", "RulePreview", "RuleSuggester", "RuleTestRunner", "TellingJournal",
        "Outbox", "ListenerBoard", "SourceRegistry", "SourceRunner", "CollectionClients", "SelectionRunner",
    };

    /// <summary>Single calls.</summary>
    private static readonly HashSet<string> s_calls = new(StringComparer.Ordinal)
    {
        "AccountBook.Find", "AlertBook.Episodes", "AlertBook.FindEpisode", "AlertBook.List", "AlertBook.Silences", "BackupKeeper.Files", "ChannelBook.Find", "CollectionBook.Check", "CollectionBook.FindCoords", "FactorBook.IsMissing", "FactorBook.IsOn",
        "GrantBook.Of", "IStoreTiers.Weigh", "JobBook.Find", "JobBook.List", "JobService.DrawAsync", "JobService.PreviewAsync", "PasskeyBook.Has", "PasskeyBook.Of", "PlotBook.Find", "PoisonShelf.CountAsync", "RuleBook.FileOf", "SessionBook.Of", "ShareBook.Find", "ShareBook.Of",
        "SnapshotBook.All", "SourceBook.KindOf", "TicketBook.Open", "VerdictBook.ReadAsync", "VisibleDashboards.Find", "VisibleDashboards.LoadAsync", "VisibleDashboards.MayEdit",
        // One's own session, by its own id: AccountPage ends none of anybody else.
        "SessionBook.EndAsync",
        // The desk of alerts asks for the role itself, in every one of its methods.
        "AlertDesk.Acknowledge", "AlertDesk.Silence", "AlertDesk.Unacknowledge", "AlertDesk.Unsilence",
    };

    /// <summary>Whether a call, such as <c>RuleBook.FileOf</c>, is one.</summary>
    public static bool Holds(string call) => s_calls.Contains(call) || s_types.Contains(call.Split('.')[^2]);

    /// <summary>Single calls that are listed.</summary>
    public static IReadOnlyCollection<string> Listed => s_calls;
}
