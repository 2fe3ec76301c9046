# Builds the host when its sources have changed, then hands it all arguments. For Windows PowerShell 5.1 and PowerShell 7.
# There is no param block: with one, PowerShell would take -v and others for its own.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Called through a link, the project is where the link points to.
$self = Get-Item -LiteralPath $PSCommandPath
while ($self.LinkType -eq 'SymbolicLink') {
    $target = @($self.Target)[0]
    if (-not [IO.Path]::IsPathRooted($target)) { $target = Join-Path $self.DirectoryName $target }
    $self = Get-Item -LiteralPath $target
}
$root = $self.DirectoryName
$hostDll = Join-Path $root 'build/bin/host/Build.dll'
$stamp = Join-Path $root '.build/stamp.ps1'
$onWindows = $PSVersionTable.PSEdition -ne 'Core' -or $IsWindows
$exe = if ($onWindows) { 'dotnet.exe' } else { 'dotnet' }

$env:DOTNET_CLI_TELEMETRY_OPTOUT = $env:DOTNET_NOLOGO = $env:DOTNET_SKIP_FIRST_TIME_EXPERIENCE = '1'

function Fail([string] $message) {
    [Console]::Error.WriteLine("error: $message")
    exit 1
}

function Get-Hash([string] $path) { (Get-FileHash -LiteralPath $path -Algorithm SHA256).Hash }

# Names and contents of all that the host is built from: a deleted or a restored older file counts as a change too.
function Get-SourceSum {
    $separator = [IO.Path]::DirectorySeparatorChar
    $files = @('global.json', 'Directory.Build.props', 'Directory.Packages.props' | ForEach-Object { Join-Path $root $_ })
    foreach ($folder in 'build', 'src') {
        $files += [IO.Directory]::GetFiles((Join-Path $root $folder), '*', 'AllDirectories') |
            Where-Object { "$separator$($_.Substring($root.Length))" -notmatch '[\\/](bin|obj)[\\/]' }
    }
    $files = [string[]] $files
    [Array]::Sort($files, [StringComparer]::Ordinal)
    $sha = [Security.Cryptography.SHA256]::Create()
    $lines = foreach ($file in $files) {
        '{0} {1}' -f [BitConverter]::ToString($sha.ComputeHash([IO.File]::ReadAllBytes($file))), $file.Substring($root.Length)
    }
    [BitConverter]::ToString($sha.ComputeHash([Text.Encoding]::UTF8.GetBytes($lines -join "`n")))
}

# An SDK that global.json accepts; dotnet itself is asked, as it knows the rules of rolling forward.
function Test-Sdk([string] $dotnet) {
    if (-not (Test-Path -LiteralPath $dotnet -PathType Leaf)) { return $false }
    $ErrorActionPreference = 'Continue' # 5.1 makes an error of a line on stderr
    Push-Location -LiteralPath $root
    try { & $dotnet --version *> $null } finally { Pop-Location }
    return $LASTEXITCODE -eq 0
}

function Find-Sdk {
    $candidates = @(Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1 | ForEach-Object Source)
    if ($env:DOTNET_ROOT) { $candidates += Join-Path $env:DOTNET_ROOT $exe }
    $candidates += Join-Path $root ".dotnet/$exe"
    foreach ($candidate in $candidates) {
        if (Test-Sdk $candidate) { return $candidate }
    }
    Install-Sdk
    return Join-Path $root ".dotnet/$exe"
}

function Install-Sdk {
    $version = (Get-Content -LiteralPath (Join-Path $root 'global.json') -Raw | ConvertFrom-Json).sdk.version
    $folder = Join-Path $root '.dotnet'
    $name = if ($onWindows) { 'dotnet-install.ps1' } else { 'dotnet-install.sh' }
    $script = Join-Path $folder $name
    $url = "https://dot.net/v1/$name"
    [Console]::Error.WriteLine("No .NET SDK for global.json ($version) found; installing it into $folder")
    New-Item -ItemType Directory -Force -Path $folder | Out-Null
    try {
        [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
        Invoke-WebRequest -UseBasicParsing -Uri $url -OutFile $script
    } catch {
        Fail "can't fetch $url. Without a network, install .NET SDK $version by hand, or point DOTNET_ROOT at one."
    }
    try {
        if ($onWindows) { & $script -Version $version -InstallDir $folder -NoPath | Out-Host }
        else { & bash $script --version $version --install-dir $folder --no-path | Out-Host }
    } catch {
        [Console]::Error.WriteLine($_.Exception.Message)
    }
    if (-not (Test-Sdk (Join-Path $folder $exe))) {
        Fail "installing .NET SDK $version failed; see above. Or install it by hand from https://dot.net/download."
    }
}

# The stamp: from which sources, to what, and with which dotnet the host was built. Returns that dotnet, or nothing.
function Get-Built([string] $sum) {
    if (-not ((Test-Path -LiteralPath $hostDll) -and (Test-Path -LiteralPath $stamp))) { return }
    $built = @(Get-Content -LiteralPath $stamp)
    if ($built.Count -eq 3 -and $built[0] -eq $sum -and $built[1] -eq (Get-Hash $hostDll) -and (Test-Path -LiteralPath $built[2])) { $built[2] }
}

function Build-Host([string] $sum) {
    New-Item -ItemType Directory -Force -Path (Join-Path $root '.build') | Out-Null
    $lock = $null
    while (-not $lock) {
        try { $lock = [IO.File]::Open((Join-Path $root '.build/lock'), 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [IO.IOException] { Start-Sleep -Milliseconds 200 }
    }
    try {
        # Waiting for another build may have made this one needless.
        $dotnet = Get-Built $sum
        if ($dotnet) { return $dotnet }
        Remove-Item -LiteralPath $stamp, (Join-Path $root '.build/stamp') -ErrorAction SilentlyContinue
        $dotnet = Find-Sdk
        $ErrorActionPreference = 'Continue'
        Push-Location -LiteralPath $root
        $publish = 'publish', 'build/Build.csproj', '-c', 'Release', '-o', 'build/bin/host', '--nologo', '-v', 'quiet', '-nodeReuse:false', '-tl:off'
        try {
            # Compiled to machine code as far as can be, so that a run need not; without the compiler's package, or for another reason, not.
            $log = & $dotnet @publish --use-current-runtime --no-self-contained -p:PublishReadyToRun=true 2>&1
            if ($LASTEXITCODE -ne 0) { $log = & $dotnet @publish 2>&1 }
        } finally { Pop-Location }
        if ($LASTEXITCODE -ne 0) {
            $log | ForEach-Object { [Console]::Error.WriteLine("$_") }
            Fail 'the host did not build; see above.'
        }
        [IO.File]::WriteAllLines($stamp, [string[]] @($sum, (Get-Hash $hostDll), $dotnet))
        return $dotnet
    } finally {
        $lock.Dispose()
    }
}

# Up to 7.2, PowerShell leaves quotes inside an argument as they are and drops an empty one; 5.1 lets a closing backslash escape
# the quote that it puts after it.
function Protect-Argument([string] $argument) {
    if ($PSVersionTable.PSVersion -ge [Version] '7.3') { return $argument }
    if ($argument -eq '') { return '""' }
    $argument = $argument -replace '(\\*)"', '$1$1\"'
    if ($PSVersionTable.PSVersion.Major -lt 6 -and $argument -match '\s') { $argument = $argument -replace '(\\+)$', '$1$1' }
    return $argument
}

$sum = Get-SourceSum
$dotnet = Get-Built $sum
if (-not $dotnet) { $dotnet = Build-Host $sum }

# dotnet on the PATH is often a link; its folder is then not where the runtimes are.
$dotnetFolder = Split-Path -Parent $dotnet
if (Test-Path -LiteralPath (Join-Path $dotnetFolder 'shared')) { $env:DOTNET_ROOT = $dotnetFolder }

# PowerShell makes an array of a,b and two arguments of -name:value.
$words = @()
foreach ($word in $args) {
    $text = @($word) -join ','
    if ($words.Count -gt 0 -and $words[-1] -match '^-[^=]*:$') { $words[-1] += $text } else { $words += $text }
}
$words = @($words | ForEach-Object { Protect-Argument $_ })

$ErrorActionPreference = 'Continue' # what the host writes on stderr is no error of this script's
$PSNativeCommandUseErrorActionPreference = $false
& $dotnet $hostDll @words
exit $LASTEXITCODE
