using System.Net;
using System.Text.RegularExpressions;

namespace LiveDash.Benchmarks.Proofs.Access;

/// <summary>Somebody who asks: nobody known, a person who signed in by the form, a program with a key, or who has a share link. Keeps cookies, follows nothing. Not thread-safe.</summary>
internal sealed partial class AccessVisitor : IDisposable
{
    private readonly CookieContainer _cookies = new();

    private AccessVisitor(Uri server, string name, string? role, string? scope, bool isShared)
    {
        (Name, Role, Scope, IsShared) = (name, role, scope, isShared);
        Client = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = server, Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>What it is called in what is told.</summary>
    public string Name { get; }

    /// <summary>Its role; null for none.</summary>
    public string? Role { get; }

    /// <summary>The scope of its key; null without one.</summary>
    public string? Scope { get; }

    /// <summary>True where it came by a share link.</summary>
    public bool IsShared { get; }

    /// <summary>Asks with what it has.</summary>
    public HttpClient Client { get; }

    /// <summary>Its cookies as a header.</summary>
    public string CookieHeader => _cookies.GetCookieHeader(Client.BaseAddress!);

    /// <summary>Nobody known.</summary>
    public static AccessVisitor Stranger(Uri server) => new(server, "anonymous", null, null, isShared: false);

    /// <summary>A program with a key.</summary>
    public static AccessVisitor WithKey(Uri server, string scope, string key)
    {
        var visitor = new AccessVisitor(server, $"key {scope}", null, scope, isShared: false);
        visitor.Client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return visitor;
    }

    /// <summary>Who followed a share link.</summary>
    public static async Task<AccessVisitor> SharedAsync(Uri server, string token)
    {
        var visitor = new AccessVisitor(server, "share link", null, null, isShared: true);
        using var answer = await visitor.Client.GetAsync(new Uri("/share/" + token, UriKind.Relative));
        return visitor._cookies.Count > 0 ? visitor : throw new InvalidOperationException($"The share link was answered with {(int)answer.StatusCode} and without a cookie.");
    }

    /// <summary>A person who signs in as a browser does, by the form and its token.</summary>
    public static async Task<AccessVisitor> SignedInAsync(Uri server, string name, string password, string role)
    {
        var visitor = new AccessVisitor(server, name, role, null, isShared: false);
        var html = await visitor.Client.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        var fields = Hidden().Matches(html).Select(static match => KeyValuePair.Create(WebUtility.HtmlDecode(match.Groups[1].Value), WebUtility.HtmlDecode(match.Groups[2].Value)))
            .Where(static field => field.Key is not ("Form.Name" or "Form.Password")).DistinctBy(static field => field.Key);
        using var form = new FormUrlEncodedContent([.. fields, KeyValuePair.Create("Form.Name", name), KeyValuePair.Create("Form.Password", password)]);
        using var answer = await visitor.Client.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        return answer.Headers.Location is not null ? visitor : throw new InvalidOperationException($"{name} could not sign in: {(int)answer.StatusCode}.");
    }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
