using LiveDash.Core.Accounts;
using LiveDash.Web.Security.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveDash.Tests.Shared;

/// <summary>The true app with accounts, on the loopback, and what it logged. The loopback and 10.0.0.0/8 stand for listed networks, so that a test can come from any address there without TLS.</summary>
internal sealed class AccountsApp : IAsyncDisposable
{
    private AccountsApp(LiveApp app, LogCapture log) => (App, Log) = (app, log);

    public LiveApp App { get; }

    public LogCapture Log { get; }

    /// <summary>Starts it.</summary>
    public static async Task<AccountsApp> StartAsync(Action<IServiceCollection>? services = null, string? dataDirectory = null, params string[] settings)
    {
        var log = new LogCapture();
        var app = await LiveApp.StartAsync(
            builder =>
            {
                builder.Logging.AddProvider(log);
                // The work of a true hash is for a true server.
                builder.Services.Configure<PasswordHasherOptions>(static options => options.IterationCount = 1_000);
                services?.Invoke(builder.Services);
            },
            dataDirectory,
            settings: ["--LiveDash:Security:Mode=accounts", "--LiveDash:Security:KnownProxies:0=127.0.0.1", "--LiveDash:Security:KnownProxies:1=10.0.0.0/8", .. settings]);
        return new AccountsApp(app, log);
    }

    /// <summary>The token of the address that the log printed, or null.</summary>
    public string? FirstToken() => Log.Entries.Select(static entry => entry.Text).FirstOrDefault(static text => text.Contains("/join/", StringComparison.Ordinal)) is { } line
        ? line.Split("/join/")[1].Split(' ')[0] : null;

    /// <summary>Makes an account with the password of <see cref="Person"/>.</summary>
    public async Task<AccountUser> AddAsync(string name, AccountRole role)
    {
        using var scope = App.Services.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AccountUser>>();
        var user = new AccountUser { Id = Guid.NewGuid().ToString("N"), Name = name, Role = role };
        var result = await users.CreateAsync(user, Person.Password);
        Assert.True(result.Succeeded, string.Join(' ', result.Errors.Select(static error => error.Description)));
        return user;
    }

    /// <summary>Somebody of that name, signed in; made first where there is no such account.</summary>
    public async Task<Person> SignedInAsync(string name, AccountRole role = AccountRole.Viewer, string? address = null)
    {
        if (App.Services.GetRequiredService<AccountBook>().FindByName(name.ToUpperInvariant()) is null) await AddAsync(name, role);
        var person = new Person(App, address);
        using var answer = await person.SignInAsync(name);
        Assert.True(answer.Headers.Location is not null, await answer.Content.ReadAsStringAsync());
        return person;
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
