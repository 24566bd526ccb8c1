using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveDash.Benchmarks.Proofs.Access;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>Every route and page against everybody who may ask, by the built program; foreign pages at every door that changes something and at every socket; the guards in the head of every page.</summary>
internal sealed partial class AccessProof : IProof
{
    private const string Foreign = "http://evil.example";
    private static readonly string[] s_sockets = ["/_blazor", "/api/points/ws"];

    private static readonly (string Header, string Part)[] s_guards =
    [
        ("Content-Security-Policy", "script-src 'self';"), ("Content-Security-Policy", "frame-ancestors 'none'"), ("Content-Security-Policy", "object-src 'none'"), ("Content-Security-Policy", "base-uri 'self'"),
        ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"),
    ];

    /// <inheritdoc/>
    public string Figure => "F15";

    /// <inheritdoc/>
    public string Name => "access";

    /// <inheritdoc/>
    public string About => "every route of docs/ACCESS.md x anonymous, the four roles, a key of each scope and a share link: all as declared, none undeclared; foreign origins refused at every door that changes something and at every socket; guards in the head of every page";

    /// <inheritdoc/>
    public string Guard => "ask nobody who they are (LiveDash:Security:Mode=open)";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        using var data = new ProofDirectory();
        var people = await AccessPeople.MakeAsync(data.Path);
        var sheet = AccessSheet.Read();
        await using var server = await ProofServer.StartAsync(data.Path, [$"--LiveDash:Security:Mode={(run.IsGuardOff ? "open" : "accounts")}"]);
        var address = server.Client.BaseAddress!;
        var visitors = run.IsGuardOff ? people.ComeUnasked(address) : await people.ComeAsync(address);
        var faults = new List<string>();
        var types = await UndeclaredAsync(visitors[^1].IsShared ? visitors.Single(static one => one.Role == "administrator") : visitors[0], sheet, faults);
        var (asked, pages) = (0, 0);
        foreach (var promise in sheet.Promises.OrderBy(static one => one.Pattern == "/account/sign-out"))
        {
            // The way of Blazor's own is asked for below, by a socket.
            if (promise.Pattern.StartsWith("/_", StringComparison.Ordinal)) continue;
            foreach (var visitor in visitors)
            {
                asked++;
                using var answer = await AskAsync(visitor, promise, types, origin: null);
                var isLetIn = answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
                if (isLetIn != promise.Lets(visitor)) faults.Add($"{visitor.Name} may{(promise.Lets(visitor) ? "" : " not")} {promise.Method} {promise.Pattern}, and was answered {(int)answer.StatusCode}");
                if (answer.Content.Headers.ContentType?.MediaType != "text/html" || !isLetIn) continue;
                pages++;
                faults.AddRange(s_guards.Where(guard => !Carries(answer, guard)).Select(guard => $"{promise.Pattern} comes without {guard.Header} {guard.Part}"));
            }
        }

        var foreign = await ForeignAsync(visitors, sheet, types, faults);
        foreach (var visitor in visitors) visitor.Dispose();
        await server.StopAsync();
        return new ProofOutcome(faults.Count == 0, new Dictionary<string, object>
        {
            ["routes"] = sheet.Promises.Count, ["identities"] = visitors.Count, ["asked"] = asked, ["pagesWithGuards"] = pages, ["foreignRefused"] = foreign, ["notAsDeclared"] = faults.Count, ["faults"] = faults.Take(10).ToArray(),
        });
    }

    // What the server describes of itself and the page does not name; and the type of body each route takes, without which routing leads past it.
    private static async Task<Dictionary<string, string>> UndeclaredAsync(AccessVisitor visitor, AccessSheet sheet, List<string> faults)
    {
        // The one door that takes a form and no API.
        var types = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["POST /account/sign-out"] = "application/x-www-form-urlencoded" };
        using var document = JsonDocument.Parse(await visitor.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject().Where(static one => one.Name is "get" or "post" or "put" or "delete" or "head"))
            {
                var name = $"{operation.Name.ToUpperInvariant()} {path.Name}";
                if (!sheet.Promises.Any(promise => $"{promise.Method} {promise.Pattern}".Equals(name, StringComparison.OrdinalIgnoreCase))) faults.Add($"docs/ACCESS.md does not name {name}");
                if (operation.Value.TryGetProperty("requestBody", out var body) && body.TryGetProperty("content", out var content) && content.EnumerateObject().FirstOrDefault() is { Name: { Length: > 0 } type }) types[name] = type;
            }
        }

        return types;
    }

    // Pages of other places, in the browser of somebody who may everything: at every door that changes something, and at every socket.
    private static async Task<int> ForeignAsync(List<AccessVisitor> visitors, AccessSheet sheet, Dictionary<string, string> types, List<string> faults)
    {
        var visitor = visitors.FirstOrDefault(static one => one.Role == "administrator") ?? visitors[0];
        var refused = 0;
        foreach (var promise in sheet.Promises.Where(static one => one.Method is not ("GET" or "HEAD")))
        {
            using var answer = await AskAsync(visitor, promise, types, Foreign);
            if (answer.StatusCode == HttpStatusCode.Forbidden) refused++;
            else faults.Add($"{promise.Method} {promise.Pattern} from a page of {Foreign} was answered {(int)answer.StatusCode}");
        }

        foreach (var path in s_sockets)
        {
            if (await ConnectAsync(visitor, path, Foreign)) faults.Add($"{path} takes a socket from a page of {Foreign}");
            else refused++;
            // Or the refusal above would prove nothing.
            if (!await ConnectAsync(visitor, path, visitor.Client.BaseAddress!.GetLeftPart(UriPartial.Authority))) faults.Add($"{path} takes no socket from a page of its own");
        }

        return refused;
    }

    private static async Task<HttpResponseMessage> AskAsync(AccessVisitor visitor, AccessPromise promise, Dictionary<string, string> types, string? origin)
    {
        var path = promise.Pattern switch
        {
            "/{**path}" => "/no/such/place",
            "/openapi/{documentName}.json" => "/openapi/v1.json",
            _ => Parameter().Replace(promise.Pattern, "none"),
        };
        using var request = new HttpRequestMessage(new HttpMethod(promise.Method), path);
        if (types.TryGetValue($"{promise.Method} {promise.Pattern}", out var type)) request.Content = new StringContent("{}", new System.Net.Http.Headers.MediaTypeHeaderValue(type));
        if (origin is not null) request.Headers.Add("Origin", origin);
        return await visitor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<bool> ConnectAsync(AccessVisitor visitor, string path, string origin)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", origin);
        if (visitor.CookieHeader is { Length: > 0 } cookies) socket.Options.SetRequestHeader("Cookie", cookies);
        try
        {
            await socket.ConnectAsync(new UriBuilder(visitor.Client.BaseAddress!) { Scheme = "ws", Path = path }.Uri, limit.Token);
            socket.Abort();
            return true;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }

    private static bool Carries(HttpResponseMessage answer, (string Header, string Part) guard) =>
        answer.Headers.TryGetValues(guard.Header, out var values) && values.Any(value => value.Contains(guard.Part, StringComparison.Ordinal));

    [GeneratedRegex(@"\{\*{0,2}\w+\}")]
    private static partial Regex Parameter();
}
