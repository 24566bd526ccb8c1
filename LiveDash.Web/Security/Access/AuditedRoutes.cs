namespace LiveDash.Web.Security.Access;

/// <summary>Routes whose doing the audit hears from the gate, since it is kept as no document of its own: alerts, silences, notices, points that are deleted, damages, the clock.</summary>
internal static class AuditedRoutes
{
    private static readonly string[] s_begins = ["/api/alerts/", "/api/silences", "/api/v2/silence", "/api/notifications", "/api/damages/", "/api/clock/"];

    /// <summary>Whether a request that changes something is one of them.</summary>
    public static bool Names(HttpRequest request) =>
        (HttpMethods.IsDelete(request.Method) && request.Path.Equals("/api/points", StringComparison.OrdinalIgnoreCase))
        || Array.Exists(s_begins, begin => request.Path.Value?.StartsWith(begin, StringComparison.OrdinalIgnoreCase) == true);
}
