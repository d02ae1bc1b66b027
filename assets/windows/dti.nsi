; The installer: for this user alone, no administrator, Vietnamese; silent with /S. Built by package.sh, which gives
; VERSION (1.2.3), FOLDER (what is installed), ICON and OUTPUT.
;
; Exit codes: 0 done; 1 cancelled; 2 failed; 5 the program is running (silent only; with a window it asks to close it).

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!define NAME "DTI Quảng Trị"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\DTI-QuangTri"
!define TYPE "DTIQuangTri.Workspace"
!define STILL_RUNNING 5

Name "${NAME}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\DTI-QuangTri"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1066 "ProductName" "${NAME}"
VIAddVersionKey /LANG=1066 "FileDescription" "Cài đặt ${NAME}"
VIAddVersionKey /LANG=1066 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1066 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1066 "LegalCopyright" "MIT OR Apache-2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\dti.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Mở ${NAME}"

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"

; A program that runs keeps its own file from being written.
!macro WAIT_UNTIL_CLOSED
  again:
    IfFileExists "$INSTDIR\dti.exe" 0 closed
    ClearErrors
    FileOpen $0 "$INSTDIR\dti.exe" a
    IfErrors running
    FileClose $0
    Goto closed
  running:
    IfSilent 0 ask
    SetErrorLevel ${STILL_RUNNING}
    Quit
  ask:
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME} đang chạy. Đóng mọi cửa sổ của chương trình (số liệu đã nhập được lưu), rồi bấm Retry." IDRETRY again
    SetErrorLevel 1
    Quit
  closed:
!macroend

Section
  !insertmacro WAIT_UNTIL_CLOSED
  SetOutPath "$INSTDIR"
  SetOverwrite on
  File "${FOLDER}/dti.exe"
  File "${FOLDER}/GIAY-PHEP-*.txt"
  WriteUninstaller "$INSTDIR\go-cai-dat.exe"

  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\dti.exe"
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\dti.exe"

  WriteRegStr HKCU "Software\Classes\.dti" "" "${TYPE}"
  WriteRegStr HKCU "Software\Classes\${TYPE}" "" "Tệp số liệu DTI"
  WriteRegStr HKCU "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\dti.exe,0"
  WriteRegStr HKCU "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\dti.exe" "%1"'
  ; Packages stay the ZIP program's; "Open with" offers us.
  WriteRegStr HKCU "Software\Classes\Applications\dti.exe" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "Software\Classes\Applications\dti.exe\SupportedTypes" ".zip" ""
  WriteRegStr HKCU "Software\Classes\Applications\dti.exe\SupportedTypes" ".dti" ""
  WriteRegStr HKCU "Software\Classes\Applications\dti.exe\shell\open\command" "" '"$INSTDIR\dti.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\.zip\OpenWithList\dti.exe" "" ""

  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\dti.exe,0"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\go-cai-dat.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\go-cai-dat.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
  ${RefreshShellIcons}
SectionEnd

; Only what was installed goes: workspaces, packages and settings stay.
Section "Uninstall"
  !insertmacro WAIT_UNTIL_CLOSED
  Delete "$INSTDIR\dti.exe"
  Delete "$INSTDIR\GIAY-PHEP-MIT.txt"
  Delete "$INSTDIR\GIAY-PHEP-APACHE.txt"
  Delete "$INSTDIR\GIAY-PHEP-PHONG-CHU.txt"
  Delete "$INSTDIR\GIAY-PHEP-BIEU-TUONG.txt"
  Delete "$INSTDIR\go-cai-dat.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  ReadRegStr $0 HKCU "Software\Classes\.dti" ""
  ${If} $0 == "${TYPE}"
    DeleteRegKey HKCU "Software\Classes\.dti"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\${TYPE}"
  DeleteRegKey HKCU "Software\Classes\Applications\dti.exe"
  DeleteRegKey HKCU "Software\Classes\.zip\OpenWithList\dti.exe"
  DeleteRegKey HKCU "${KEY}"
  ${RefreshShellIcons}
SectionEnd
