namespace LiveDash.Core.Ingestion;

/// <summary>The reasons as senders, <c>/metrics</c> and the Sources page spell them, such as <c>not_finite</c>. Thread-safe.</summary>
public static class ReasonNames
{
    private static readonly string[] s_rejects = [.. Enum.GetNames<RejectReason>().Select(SnakeCase)];
    private static readonly string[] s_drops = [.. Enum.GetNames<DropReason>().Select(SnakeCase)];

    /// <summary>How many reject reasons there are.</summary>
    internal static int RejectCount => s_rejects.Length;

    /// <summary>How many drop reasons there are.</summary>
    internal static int DropCount => s_drops.Length;

    /// <summary>The wire name of a reject reason.</summary>
    public static string Of(RejectReason reason) => s_rejects[(int)reason];

    /// <summary>The wire name of a drop reason.</summary>
    public static string Of(DropReason reason) => s_drops[(int)reason];

    /// <summary>Whether it is about a text where points hold numbers, which leaves the neighbours on its line alone.</summary>
    public static bool IsOfText(RejectReason reason) => reason is RejectReason.TextField or RejectReason.BadState or RejectReason.TooManyStates;

    private static string SnakeCase(string name) => string.Concat(name.Select(static (c, i) =>
        char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
