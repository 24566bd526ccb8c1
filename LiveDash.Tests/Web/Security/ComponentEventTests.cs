using System.Linq.Expressions;
using System.Reflection;
using System.Security.Claims;
using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Core.Accounts.Snapshots;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Tests.Shared;
using LiveDash.Web;
using LiveDash.Web.Security;
using LiveDash.Web.Security.Access;
using LiveDash.Web.Security.Circuits;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Security;

/// <summary>
/// Every event of a component that changes something, called as whoever has a circuit may call it, whatever the page shows, by each who may have one; what happens is what the table of
/// docs/ACCESS.md says. One app for all; no change comes to its end, since the arguments are empty.
/// </summary>
public sealed class ComponentEventTests(AccountsFixture fixture) : IClassFixture<AccountsFixture>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly AccountsApp _accounts = fixture.Accounts;

    [Fact]
    public async Task Handlers_CalledByEachActor_AreDoneOrRefusedAsTheTableSays()
    {
        var link = new ShareLink { Id = "shared", Dashboard = "this-machine" };
        (string Name, ClaimsPrincipal Who, AccountRole? Role)[] actors =
        [
            ("a stranger", new ClaimsPrincipal(), null),
            ("a share link", AccessClaims.OfShare(link), null),
            ("a key", AccessClaims.OfKey(new ApiKey { Id = "12345678", Name = "k", Hash = "", Scopes = KeyScope.Admin }), null),
            .. Enum.GetValues<AccountRole>().Select(static role => (role.ToString(), AccessClaims.Of(new AccountUser { Id = "forger", Name = "forger", Role = role }, "session"), (AccountRole?)role)),
        ];
        var faults = new List<string>();
        foreach (var (component, handler, role) in ComponentGuards.All().Distinct())
        {
            var needed = Enum.Parse<AccountRole>(role);
            foreach (var (name, who, has) in actors)
            {
                var (denied, isDone) = await CallAsync(component, handler, who);
                if (has >= needed ? denied.Count > 0 : isDone || denied is not [var told] || told != needed)
                {
                    faults.Add($"{component}.{handler} called by {name}: {(isDone ? "done" : "not done")}, refused for {string.Join(", ", denied)}; it needs {role}");
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [InlineData("session")]
    [InlineData("role")]
    [InlineData("disabled")]
    [InlineData("share link")]
    public async Task Circuit_OfWhoMayNotAnyMore_TakesNoEventAtAll(string what)
    {
        var services = _accounts.App.Services;
        var (sessions, book, shares) = (services.GetRequiredService<SessionBook>(), services.GetRequiredService<AccountBook>(), services.GetRequiredService<ShareBook>());
        var user = await _accounts.AddAsync("mid-" + what.Replace(' ', '-'), AccountRole.Editor);
        var session = await sessions.BeginAsync(user, "password", "10.9.0.1", "", fixture.Time.GetUtcNow(), default);
        var share = ShareBook.IdOf(await shares.MakeAsync(new ShareLink { Id = "", Dashboard = "this-machine" }, default));
        var who = what == "share link" ? AccessClaims.OfShare(shares.Find(share, fixture.Time.GetUtcNow())!) : AccessClaims.Of(user, session.Id);
        var visitor = new Visitor(services.GetRequiredService<SecurityState>(), new Known(who));
        var gate = new CircuitGate(new Known(who), visitor, services.GetRequiredService<OpenCircuits>(), services.GetRequiredService<AuditLog>());
        await gate.OnCircuitOpenedAsync(null!, default);
        var (events, isEnded) = (0, false);
        visitor.Ended += () => isEnded = true;
        var inbound = gate.CreateInboundActivityHandler(_ =>
        {
            events++;
            return Task.CompletedTask;
        });
        await inbound(null!);
        Assert.Equal((1, false), (events, isEnded));
        // What is refused meanwhile stands in the audit.
        visitor.Refuses(AccountRole.Administrator);
        await Wait.UntilAsync(() => services.GetRequiredService<AuditLog>().Find(new AuditFilter(Action: AuditLog.Refused), 10).Any(entry => entry.Who == (visitor.Name ?? "") && entry.On == "a page"), "the refusal is told");

        await (what switch
        {
            "session" => sessions.EndAsync(one => one.Id == session.Id, default),
            "role" => book.UpdateAsync(user.Id, static known => known with { Role = AccountRole.Viewer }, default),
            "disabled" => book.UpdateAsync(user.Id, static known => known with { IsDisabled = true }, default),
            _ => shares.RevokeAsync(share, default),
        });
        await inbound(null!);

        Assert.Equal((1, true), (events, isEnded));
        await gate.OnCircuitClosedAsync(null!, default);
    }

    private async Task<(List<AccountRole> Denied, bool IsDone)> CallAsync(string component, string handler, ClaimsPrincipal who)
    {
        await using var scope = _accounts.App.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var visitor = new Visitor(services.GetRequiredService<SecurityState>(), new Known(who));
        using var dashboards = new VisibleDashboards(
            services.GetRequiredService<DashboardBook>(), services.GetRequiredService<GrantBook>(), services.GetRequiredService<AccountBook>(), services.GetRequiredService<ShareBook>(), services.GetRequiredService<SnapshotBook>(), visitor);
        var type = typeof(LiveDashApp).Assembly.GetTypes().Single(type => type.Name == component && type.Namespace!.StartsWith("LiveDash.Web.Components", StringComparison.Ordinal));
        // What several inherit is tried in one of them.
        if (type.IsAbstract) type = typeof(LiveDashApp).Assembly.GetTypes().First(one => one.BaseType == type && !one.IsAbstract);
        var target = typeof(IComponent).IsAssignableFrom(type) ? Activator.CreateInstance(type)! : ActivatorUtilities.CreateInstance(services, type, visitor);
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        for (var level = type; level is not null; level = level.BaseType)
        {
            foreach (var property in level.GetProperties(All | BindingFlags.DeclaredOnly).Where(static one => one.GetCustomAttribute<InjectAttribute>() is not null))
            {
                property.SetValue(target, property.PropertyType == typeof(Visitor) ? visitor : property.PropertyType == typeof(VisibleDashboards) ? dashboards : Service(services, property.PropertyType));
            }
        }

        // Some look away where they are about nothing.
        foreach (var property in type.GetProperties(All).Where(static one => one.GetCustomAttribute<ParameterAttribute>() is not null && one.PropertyType == typeof(string))) property.SetValue(target, "x");
        var (denied, isDone) = (new List<AccountRole>(), false);
        visitor.Denied += denied.Add;
        foreach (var method in type.GetMethods(All).Where(one => one.Name == handler))
        {
            var arguments = method.GetParameters().Select(parameter => Argument(parameter.ParameterType, () => isDone = true)).ToArray();
            try
            {
                if (method.Invoke(target, arguments) is Task running) await running.WaitAsync(s_patience);
            }
            catch (Exception)
            {
                // Behind the guard there is nothing to work on: no page, no browser, empty arguments.
            }
        }

        return (denied, isDone);
    }

    // What needs a browser's address is not to be had here, and is not asked for before the guard.
    private static object? Service(IServiceProvider services, Type type)
    {
        try
        {
            return services.GetService(type);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // Empty, but for what is to be done, which says that it was.
    private static object? Argument(Type type, Action done)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            Expression called = Expression.Block(Expression.Invoke(Expression.Constant(done)), Expression.Throw(Expression.New(typeof(InvalidOperationException)), invoke.ReturnType));
            return Expression.Lambda(type, called, invoke.GetParameters().Select(static one => Expression.Parameter(one.ParameterType))).Compile();
        }

        return type == typeof(string) ? "" : type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    private sealed class Known(ClaimsPrincipal who) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(who));
    }
}
