using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LiveDash.Tests.Shared;
using LiveDash.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace LiveDash.Tests.Web.Security;

public sealed class TlsTests
{
    [Fact]
    public async Task Certificate_ReplacedOnDisk_IsServedWithoutARestart()
    {
        using var data = new TempDirectory();
        var (certificate, key) = (Path.Combine(data.Path, "dash.pem"), Path.Combine(data.Path, "dash.key"));
        var first = Write(certificate, key);
        // A certificate that is read anew binds its endpoint anew, so the port is one of its own.
        var address = new Uri($"https://127.0.0.1:{Tool.FreePort()}");
        await using var app = LiveDashApp.Build(
            [$"--Kestrel:Endpoints:Dash:Url={address}", $"--LiveDash:DataDirectory={data.Path}", "--LiveDash:HostMetrics:Enabled=false", "--LiveDash:Security:Mode=accounts",
             $"--Kestrel:Certificates:Default:Path={certificate}", $"--Kestrel:Certificates:Default:KeyPath={key}", .. LiveApp.ListenersOff],
            static builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        await app.StartAsync();
        try
        {
            var (served, hsts) = await AskAsync(address);
            Assert.Equal(first, served);
            Assert.Equal("max-age=31536000", hsts);

            var second = Write(certificate, key);

            await Wait.UntilAsync(async () => await ServesAsync(address, second), "the new certificate is served");
        }
        finally
        {
            await app.StopAsync();
        }
    }

    private static string Write(string certificate, string key)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        File.WriteAllText(key, rsa.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(certificate, made.ExportCertificatePem());
        return made.Thumbprint;
    }

    private static async Task<bool> ServesAsync(Uri address, string thumbprint)
    {
        try
        {
            return (await AskAsync(address)).Thumbprint == thumbprint;
        }
        catch (HttpRequestException)
        {
            // While the endpoint is bound anew.
            return false;
        }
    }

    private static async Task<(string? Thumbprint, string? Hsts)> AskAsync(Uri address)
    {
        string? thumbprint = null;
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    thumbprint = certificate?.GetCertHashString();
                    return true;
                },
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = address };
        using var answer = await client.GetAsync(new Uri("/healthz", UriKind.Relative));
        return (thumbprint, answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values.Single() : null);
    }
}
