using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using LiveDash.Core.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.StaticAssets;

namespace LiveDash.Web.Security.Access;

/// <summary>
/// Who may call what: the one table that <see cref="AccessGate"/> asks for every request, and from which docs/ACCESS.md is made. A route that is not in it is nobody's.
/// Thread-safe.
/// </summary>
internal sealed partial class AccessTable
{
    private const AccountRole Viewer = AccountRole.Viewer;
    private const AccountRole Operator = AccountRole.Operator;
    private const AccountRole Editor = AccountRole.Editor;
    private const AccountRole Administrator = AccountRole.Administrator;

    /// <summary>Every route of the API and of other products' clients, each with who may call it.</summary>
    public static IReadOnlyList<AccessRule> Routes { get; } =
    [
        // Liveness says nothing of what is in here; a page whose connection is refused asks why.
        new("GET", "/healthz", null), new("GET", "/readyz", null), new("POST", "/api/hub-check", null),
        new("GET HEAD", "/ping", null), new("GET", "/health", null), new("GET", "/ready", null),
        new("GET", "/openapi/{documentName}.json", Viewer, KeyScope.Read),
        new("GET", "/metrics", Viewer, KeyScope.Read),
        // Points in.
        new("POST", "/api/points", Editor, KeyScope.Ingest), new("GET", "/api/points/ws", Editor, KeyScope.Ingest), new("POST", "/api/import", Editor, KeyScope.Ingest),
        new("POST", "/write", Editor, KeyScope.Ingest), new("POST", "/api/v2/write", Editor, KeyScope.Ingest), new("POST", "/api/v3/write_lp", Editor, KeyScope.Ingest),
        new("POST", "/api/v1/write", Editor, KeyScope.Ingest), new("POST", "/v1/metrics", Editor, KeyScope.Ingest), new("POST", "/collectd", Editor, KeyScope.Ingest),
        new("GET POST", "/query", Viewer, KeyScope.Ingest | KeyScope.Read), new("GET", "/api/v2/buckets", Viewer, KeyScope.Ingest | KeyScope.Read),
        new("POST", "/api/v2/buckets", Editor, KeyScope.Ingest), new("GET", "/api/v2/orgs", Viewer, KeyScope.Ingest | KeyScope.Read),
        // Points out.
        new("GET", "/api/points", Viewer, KeyScope.Read), new("POST", "/api/points/query", Viewer, KeyScope.Read), new("GET", "/get_points", Viewer, KeyScope.Read), new("GET POST", "/api/statistics", Viewer, KeyScope.Read),
        new("GET", "/api/series", Viewer, KeyScope.Read), new("GET", "/api/anomalies", Viewer, KeyScope.Read), new("GET", "/api/forecast", Viewer, KeyScope.Read), new("GET", "/api/windows", Viewer, KeyScope.Read),
        new("GET", "/api/stream", Viewer, KeyScope.Read), new("GET", "/api/sources", Viewer, KeyScope.Read), new("GET", "/api/listeners", Viewer, KeyScope.Read),
        new("GET", "/api/collections", Viewer, KeyScope.Read), new("GET", "/api/damages", Viewer, KeyScope.Read), new("GET", "/api/clock", Viewer, KeyScope.Read),
        new("DELETE", "/api/points", Administrator, KeyScope.Admin),
        new("POST", "/api/damages/{id}/ack", Operator, KeyScope.Admin), new("DELETE", "/api/clock/{id}", Operator, KeyScope.Admin), new("GET POST", "/api/backups", Administrator, KeyScope.Admin),
        // What Prometheus' clients ask, Grafana among them, and our own questions in PromQL.
        .. new[] { "/api/v1", "/prometheus/api/v1" }.SelectMany(static prefix => (AccessRule[])
        [
            .. new[] { "query", "query_range", "series", "labels" }.Select(name => new AccessRule("GET POST", $"{prefix}/{name}", Viewer, KeyScope.Read)),
            .. new[] { "label/{name}/values", "metadata", "status/buildinfo" }.Select(name => new AccessRule("GET", $"{prefix}/{name}", Viewer, KeyScope.Read)),
            .. new[] { "rules", "alerts" }.Select(name => new AccessRule("GET", $"{prefix}/{name}", Viewer, KeyScope.Read | KeyScope.Rules)),
        ]),
        new("GET", "/api/query", Viewer, KeyScope.Read), new("GET", "/api/query/range", Viewer, KeyScope.Read),
        // Settings.
        new("GET", "/api/settings/windows", Viewer, KeyScope.Read), new("PUT", "/api/settings/windows", Editor, KeyScope.Admin),
        new("GET", "/api/settings/tiers", Viewer, KeyScope.Read), new("PUT", "/api/settings/tiers", Administrator, KeyScope.Admin),
        new("GET", "/api/settings/collections", Editor, KeyScope.Admin), new("PUT", "/api/settings/collections", Editor, KeyScope.Admin), new("POST", "/api/settings/collections/suggest", Editor, KeyScope.Admin),
        new("GET", "/api/settings/sources", Editor, KeyScope.Admin), new("GET", "/api/settings/source-kinds", Viewer, KeyScope.Read), new("PUT", "/api/settings/sources/{name}", Editor, KeyScope.Admin),
        new("DELETE", "/api/settings/sources/{name}", Editor, KeyScope.Admin), new("POST", "/api/settings/sources/{name}/test", Editor, KeyScope.Admin), new("GET", "/api/settings/sources/{name}/poison", Editor, KeyScope.Admin),
        new("DELETE", "/api/settings/sources/{name}/poison", Editor, KeyScope.Admin), new("POST", "/api/settings/sources/{name}/poison/{id}/retry", Editor, KeyScope.Admin),
        // Rules, alerts and whom they tell.
        new("GET", "/api/rules", Viewer, KeyScope.Read | KeyScope.Rules), new("GET", "/api/rules/{id}", Viewer, KeyScope.Read | KeyScope.Rules), new("POST", "/api/rules/preview", Viewer, KeyScope.Read | KeyScope.Rules), new("POST", "/api/rules/test", Viewer, KeyScope.Read | KeyScope.Rules),
        new("GET", "/api/rules/export", Viewer, KeyScope.Read | KeyScope.Rules), new("GET", "/api/rules/folder", Viewer, KeyScope.Read | KeyScope.Rules),
        new("POST", "/api/rules", Editor, KeyScope.Rules), new("PUT DELETE", "/api/rules/{id}", Editor, KeyScope.Rules), new("POST", "/api/rules/import", Editor, KeyScope.Rules),
        new("GET", "/api/alerts", Viewer, KeyScope.Read | KeyScope.Rules), new("GET", "/api/alerts/{id}", Viewer, KeyScope.Read | KeyScope.Rules), new("GET", "/api/episodes", Viewer, KeyScope.Read | KeyScope.Rules),
        new("POST DELETE", "/api/alerts/{id}/ack", Operator, KeyScope.Rules),
        new("GET", "/api/silences", Viewer, KeyScope.Read | KeyScope.Rules), new("POST", "/api/silences", Operator, KeyScope.Rules), new("DELETE", "/api/silences/{id}", Operator, KeyScope.Rules),
        new("GET", "/api/v2/alerts", Viewer, KeyScope.Read | KeyScope.Rules), new("GET", "/api/v2/status", Viewer, KeyScope.Read | KeyScope.Rules), new("GET", "/api/v2/receivers", Viewer, KeyScope.Read | KeyScope.Rules),
        new("GET", "/api/v2/silences", Viewer, KeyScope.Read | KeyScope.Rules), new("POST", "/api/v2/silences", Operator, KeyScope.Rules),
        new("GET", "/api/v2/silence/{id}", Viewer, KeyScope.Read | KeyScope.Rules), new("DELETE", "/api/v2/silence/{id}", Operator, KeyScope.Rules),
        new("GET", "/api/settings/channels", Editor, KeyScope.Rules), new("PUT", "/api/settings/channels", Editor, KeyScope.Rules), new("POST", "/api/settings/channels/{name}/test", Editor, KeyScope.Rules),
        new("GET", "/api/notifications", Viewer, KeyScope.Read | KeyScope.Rules), new("POST", "/api/notifications/retry", Operator, KeyScope.Rules), new("DELETE", "/api/notifications", Operator, KeyScope.Rules),
        // Plots.
        new("POST", "/api/jobs", Editor, KeyScope.Jobs), new("GET", "/api/jobs", Viewer, KeyScope.Jobs | KeyScope.Read), new("GET", "/api/jobs/{id}", Viewer, KeyScope.Jobs | KeyScope.Read),
        new("GET HEAD", "/api/jobs/{id}/image", Viewer, KeyScope.Jobs | KeyScope.Read), new("DELETE", "/api/jobs/{id}", Editor, KeyScope.Jobs),
        new("POST", "/submit", Editor, KeyScope.Jobs), new("GET", "/jobs", Viewer, KeyScope.Jobs | KeyScope.Read), new("GET", "/jobs/{id}", Viewer, KeyScope.Jobs | KeyScope.Read),
        new("GET HEAD", "/download/{id}", Viewer, KeyScope.Jobs | KeyScope.Read), new("GET", "/api/workers", Viewer, KeyScope.Jobs | KeyScope.Read),
        new("GET", "/api/plots", Viewer, KeyScope.Jobs | KeyScope.Read), new("GET", "/api/plots/{name}", Viewer, KeyScope.Jobs | KeyScope.Read), new("GET HEAD", "/api/plots/{name}/latest.png", Viewer, KeyScope.Jobs | KeyScope.Read),
        new("PUT DELETE", "/api/plots/{name}", Editor, KeyScope.Jobs), new("POST", "/api/plots/{name}/run", Editor, KeyScope.Jobs),
        // Of accounts.
        new("GET", "/api/audit", Administrator, KeyScope.Admin),
        new("POST", "/account/sign-out", Viewer), new("GET", "/sign-in/oidc", null), new("POST", "/sign-in/passkey", null), new("POST", "/account/passkey", Viewer),
        // By a signed address that a notice carries.
        new("GET", "/notice-picture/{token}", null),
        new("GET POST", "/api/snapshots", Editor, KeyScope.Admin), new("DELETE", "/api/snapshots/{id}", Editor, KeyScope.Admin), new("GET", "/snapshot-picture/{token}/{panel}", null),
        // What no route takes: an answer that there is nothing tells a stranger what there is.
        new("*", "/{**path}", Viewer, KeyScope.Ingest | KeyScope.Read | KeyScope.Rules | KeyScope.Jobs),
    ];

    /// <summary>Pages, each with who may open it; and the machinery that pages run on.</summary>
    public static IReadOnlyList<AccessRule> Pages { get; } =
    [
        new("GET POST", "/sign-in", null), new("GET POST", "/sign-in/second-factor", null), new("GET POST", "/sign-in/forgotten", null), new("GET POST", "/join/{Token}", null), new("GET POST", "/share/{Token}", null), new("GET POST", "/notice/{Token}", null), new("GET POST", "/snapshot/{Token}", null), new("GET POST", "/wall/{Id}", Viewer, IsShared: true),
        .. new[]
        {
            "/", "/alerts", "/anomalies", "/channels", "/d/{Id}", "/dashboards", "/explore", "/grid", "/import", "/not-found", "/plots", "/reports", "/rules", "/rules/edit/{Id}", "/rules/new", "/send", "/send/{Sender}",
            "/series", "/settings/channels", "/settings/windows", "/silences", "/sources", "/windows", "/workers", "/account", "/account/password", "/account/mail", "/account/second-factor", "/account/passkeys",
        }.Select(static page => new AccessRule("GET POST", page, Viewer)),
        new("GET POST", "/accounts", Administrator), new("GET POST", "/keys", Administrator), new("GET POST", "/audit", Administrator), new("GET POST", "/backups", Administrator),
        new("*", "/_blazor", Viewer, IsShared: true), new("*", "/_blazor/negotiate", Viewer, IsShared: true), new("*", "/_blazor/disconnect", Viewer, IsShared: true), new("*", "/_blazor/initializers", null),
    ];

    private static readonly AccessRule s_asset = new("GET", "(static assets)", null);

    private readonly Dictionary<string, AccessRule> _rules = Routes.Concat(Pages)
        .SelectMany(static rule => rule.Methods.Split(' ').Select(method => (Key: $"{method} {rule.Pattern}", rule)))
        .ToDictionary(static pair => pair.Key, static pair => pair.rule, StringComparer.OrdinalIgnoreCase);

    // One for each mapped endpoint and method that was asked for.
    private readonly ConcurrentDictionary<(Endpoint, string), AccessRule?> _found = new();

    /// <summary>The rule of an endpoint; null where the table says nothing of it, and then it is nobody's.</summary>
    public AccessRule? Of(Endpoint endpoint, string method) => _found.GetOrAdd((endpoint, Known(method)), static (key, table) => table.Find(key.Item1, key.Item2), this);

    /// <summary>Whether somebody may open a page: also on the way within a circuit, where no request is asked.</summary>
    public bool MayOpen(Type page, IReadOnlyDictionary<string, object?> values, Visitor visitor) =>
        !visitor.AsksWho || page.GetCustomAttributes<RouteAttribute>().Select(route => _rules.GetValueOrDefault("GET " + Plain(route.Template))).All(rule => rule is not null && (rule.Role is not { } needed || visitor.May(needed) || (rule.IsShared && values.GetValueOrDefault("Id") is string id && id == visitor.SharedDashboard)));

    /// <summary>A mapped route as the table writes it.</summary>
    public static string Pattern(RouteEndpoint endpoint) => Plain(endpoint.RoutePattern.RawText ?? "");

    private static string Plain(string template) => "/" + Constraint().Replace(template.Trim('/'), "{$1}");

    // A method that nobody knows must not grow the dictionary.
    private static string Known(string method) =>
        method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH" or "OPTIONS" ? method : HttpMethods.GetCanonicalizedValue(method) is "CONNECT" or "TRACE" ? method.ToUpperInvariant() : "OTHER";

    private AccessRule? Find(Endpoint endpoint, string method)
    {
        // Style, script and fonts of the sign-in page, and of every other.
        if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) return s_asset;
        if (endpoint is not RouteEndpoint route) return null;
        var pattern = Pattern(route);
        // Blazor's own script, and what it asks for beside it: the same for everybody.
        if (pattern.StartsWith("/_framework/", StringComparison.Ordinal)) return s_asset;
        return _rules.GetValueOrDefault($"{method} {pattern}") ?? _rules.GetValueOrDefault($"* {pattern}");
    }

    [GeneratedRegex(@"\{(\w+)[:?][^}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Constraint();
}
