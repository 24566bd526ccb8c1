namespace LiveDash.Tests.Shared;

/// <summary>Debian's nginx with one server on a port of its own, for as long as a test runs.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private readonly Tool _tool;
    private readonly TempDirectory _directory;

    private Nginx(Tool tool, TempDirectory directory, int port)
    {
        (_tool, _directory, Port) = (tool, directory, port);
        Origin = $"http://localhost:{port}";
        Client = new HttpClient { BaseAddress = new Uri(Origin) };
    }

    /// <summary>Asks nginx.</summary>
    public HttpClient Client { get; }

    /// <summary>Where it listens on the loopback.</summary>
    public int Port { get; }

    /// <summary>What a page of it says in Origin.</summary>
    public string Origin { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="locations">What stands within the server block.</param>
    /// <param name="isTls">True where the server block serves by TLS; it names its certificate then.</param>
    public static async Task<Nginx> StartAsync(string locations, bool isTls = false)
    {
        var directory = new TempDirectory();
        var port = Tool.FreePort();
        var config = Path.Combine(directory.Path, "nginx.conf");
        await File.WriteAllTextAsync(config, $$"""
            daemon off; master_process off; error_log stderr; pid {{directory.Path}}/nginx.pid;
            events { worker_connections 64; }
            http {
              access_log off; client_body_temp_path {{directory.Path}}/body; proxy_temp_path {{directory.Path}}/proxy;
              fastcgi_temp_path {{directory.Path}}/f; uwsgi_temp_path {{directory.Path}}/u; scgi_temp_path {{directory.Path}}/s;
              server { listen 127.0.0.1:{{port}}{{(isTls ? " ssl" : "")}}; {{locations}} }
            }
            """);
        var tool = Tool.Start("nginx", ["-c", config, "-p", directory.Path, "-e", "stderr"]);
        await tool.ListensAsync(port);
        return new Nginx(tool, directory, port);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _tool.DisposeAsync();
        _directory.Dispose();
    }
}
