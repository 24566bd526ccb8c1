using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using LiveDash.Core.Accounts;
using LiveDash.Tests.Architecture;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

/// <summary>A team's first minutes on a network, by what docs/PROXIES.md and the README say, with a true nginx that serves by TLS.</summary>
public sealed partial class NetworkDocumentTests
{
    private const string Host = "dash.example.org";

    [ToolFact("nginx")]
    public async Task Nginx_ByTheLinesOfTheDocument_LeadsFromTheFirstRunToAPointByKey()
    {
        await using var accounts = await AccountsApp.StartAsync(settings: [.. Settings(), "--PathBase=/dash"]);
        using var keys = new TempDirectory();
        await using var nginx = await Nginx.StartAsync($"{Certificate(keys.Path)} {Snippet(accounts.App.Address)}", isTls: true);
        using var owner = new Person(new Uri($"https://{Host}:{nginx.Port}"), cookies => Way(nginx.Port, cookies));

        // The address that the log prints has the path, and goes through.
        var line = accounts.Log.Entries.Select(static entry => entry.Text).First(static text => text.Contains("/join/", StringComparison.Ordinal));
        Assert.Contains("/dash/join/", line, StringComparison.Ordinal);
        using var joined = await owner.SubmitAsync("/dash/join/" + accounts.FirstToken(), ("Form.Name", "ada"), ("Form.Password", Person.Password), ("Form.Again", Person.Password));
        Assert.Equal(HttpStatusCode.Redirect, joined.StatusCode);
        Assert.Equal("/dash/", joined.Headers.Location!.IsAbsoluteUri ? joined.Headers.Location.AbsolutePath : joined.Headers.Location.OriginalString);
        var cookie = owner.Cookies.GetAllCookies().Single(static one => one.Name.EndsWith("livedash", StringComparison.Ordinal));
        Assert.Equal(("__Secure-livedash", true, true, "/dash"), (cookie.Name, cookie.Secure, cookie.HttpOnly, cookie.Path));
        using var page = await owner.PageAsync("/dash/");
        Assert.Contains("<base href=\"/dash/\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/dash/api/series"));

        // A stranger is asked to sign in, and led back below the path; a sender's key sends.
        using var stranger = new Person(new Uri($"https://{Host}:{nginx.Port}"), cookies => Way(nginx.Port, cookies));
        using var asked = await stranger.PageAsync("/dash/rules");
        Assert.StartsWith("/dash/sign-in?returnUrl=", asked.Headers.Location!.IsAbsoluteUri ? asked.Headers.Location.PathAndQuery : asked.Headers.Location.OriginalString, StringComparison.Ordinal);
        var key = await accounts.App.Services.GetRequiredService<KeyBook>().MakeAsync(new ApiKey { Id = "", Name = "agent", Hash = "", Scopes = KeyScope.Ingest }, default);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dash/api/points") { Content = new StringContent("{\"series\":\"a\",\"value\":42}") };
        request.Headers.Add("Authorization", "Bearer " + key);
        using var sent = await stranger.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
    }

    // Of the README's line, but for the mode and the proxy, which the app of the test has.
    private static IEnumerable<string> Settings()
    {
        var line = File.ReadAllLines(Path.Combine(SourceTree.Root, "README.md")).Single(static one => one.StartsWith("dotnet run", StringComparison.Ordinal) && one.Contains("Mode=accounts", StringComparison.Ordinal));
        var settings = line.Split(' ').Where(static word => word.StartsWith("--", StringComparison.Ordinal) && word.Contains('=', StringComparison.Ordinal)).ToList();
        Assert.Contains("--AllowedHosts=" + Host, settings);
        Assert.Contains("--LiveDash:Security:KnownProxies:0=127.0.0.1", settings);
        return settings;
    }

    private static string Snippet(Uri app)
    {
        var snippet = Lines().Match(File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "PROXIES.md"))).Groups[1].Value;
        Assert.Contains("proxy_pass http://127.0.0.1:5000/;", snippet, StringComparison.Ordinal);
        return snippet.Replace("http://127.0.0.1:5000/", app.ToString(), StringComparison.Ordinal);
    }

    private static string Certificate(string directory)
    {
        var (certificate, key) = (Path.Combine(directory, "dash.pem"), Path.Combine(directory, "dash.key"));
        using var rsa = RSA.Create(2048);
        using var made = new CertificateRequest("CN=" + Host, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        File.WriteAllText(key, rsa.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(certificate, made.ExportCertificatePem());
        return $"server_name {Host}; ssl_certificate {certificate}; ssl_certificate_key {key};";
    }

    // The name leads to the loopback, as a line in a hosts file would.
    private static SocketsHttpHandler Way(int port, CookieContainer cookies) => new()
    {
        CookieContainer = cookies, AllowAutoRedirect = false, SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate?.Subject == "CN=" + Host },
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    [GeneratedRegex("```nginx\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Lines();
}
