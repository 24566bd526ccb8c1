using Bunit;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Model;
using LiveDash.Core.Notifications;
using LiveDash.Tests.Core.Notifications;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.Security.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using MudBlazor.Services;

namespace LiveDash.Tests.Web.Components;

/// <summary>What components of rules and alerts are rendered in: a true book, true channels and a dispatcher over a store in memory, a script that answers at once.</summary>
public abstract class AlertComponentContext : BunitContext, IAsyncLifetime
{
    /// <summary>How long to wait for what a component shows by itself.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PendingScript _script = new();
    private NoticeHarness? _harness;

    internal NoticeHarness Harness => _harness!;

    /// <summary>What a receiver answers; at first it takes everything.</summary>
    protected Func<Delivery, CancellationToken, Task<NotifyResult>> Answer { get; set; } = static (_, _) => Task.FromResult(NotifyResult.Delivered);

    /// <summary>Who looks at it.</summary>
    internal Visitor Person { get; set; } = Visitors.Anybody;

    /// <summary>The series there are.</summary>
    protected SeriesCatalog Catalog { get; } = new(new Limits());

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _harness = await NoticeHarness.StartAsync(new RecordingNotifier((delivery, cancellation) => Answer(delivery, cancellation)));
        _script.Attach();
        Services.AddMudServices(static options => options.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddSingleton<IJSRuntime>(_script);
        Services.AddSingleton<AlertGlance>();
        Services.AddSingleton<RuleStates>();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(new NotificationOptions());
        Services.AddSingleton(_harness.Book);
        Services.AddSingleton(_harness.Channels);
        Services.AddSingleton(_harness.Journal);
        Services.AddSingleton(_harness.Outbox);
        Services.AddSingleton(_harness.Dispatcher);
        Services.AddSingleton(_ => Person);
        Services.AddSingleton(_ => new AlertDesk(_harness.Book, _harness.Time, Person));
        Services.AddSingleton(new RuleBook(_harness.Store, new Limits()));
        Services.AddSingleton(Catalog);
    }

    /// <inheritdoc/>
    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        _harness?.Dispose();
    }
}
