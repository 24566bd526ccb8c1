using Bunit;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Tests.Shared;
using LiveDash.Web.Components.Dashboards;
using LiveDash.Web.ViewModels;
using MudBlazor.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace LiveDash.Tests.Web.Components;

public sealed class DashboardGridTests : BunitContext, IAsyncLifetime
{
    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    // Services of the component library are disposed asynchronously only.
    Task IAsyncLifetime.DisposeAsync() => base.DisposeAsync().AsTask();

    [Fact]
    public void Editing_ScriptDoesNotListenYet_ShowsNoHandleThatWouldSwallowAKey()
    {
        var script = new PendingScript();
        Services.AddMudServices(static o => o.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddSingleton<IJSRuntime>(script);

        var grid = Render<DashboardGrid>(parameters => parameters
            .Add(static p => p.Dashboard, new Dashboard { Id = "d", Name = "D", Panels = [new DashboardPanel { Id = "one", Kind = PanelKind.Chart, W = 3, H = 4 }] })
            .Add(static p => p.Range, ViewRange.Initial)
            .Add(static p => p.Editing, true)
            .Add(static p => p.Edited, "one")
            .Add(static p => p.Change, static (_, _) => Task.FromResult<Dashboard?>(null)));

        Assert.Empty(grid.FindAll("[data-handle]"));
        Assert.Single(grid.FindAll(".dash-panel.edited"));
        script.Attach();
        grid.WaitForAssertion(() => Assert.Equal(2, grid.FindAll("[data-handle]").Count));
    }
}
