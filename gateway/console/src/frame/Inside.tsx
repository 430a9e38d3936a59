// SPDX-License-Identifier: Apache-2.0
// Everything behind the log-in: antd with our colours and the language of now, and the routes of areas.tsx.
import { legacyLogicalPropertiesTransformer, StyleProvider } from '@ant-design/cssinjs'
import { App, ConfigProvider } from 'antd'
import en from 'antd/locale/en_US'
import zh from 'antd/locale/zh_CN'
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { Route, Routes } from 'react-router'
import { Missing } from './Missing'
import { areas, pages } from './areas'
import Frame from './Frame'
import { Guard } from './Guard'
import { useLarge } from './Owner'

const Password = lazy(() => import('@/pages/password/Password'))

const RED = '#b7161b' // 6.6 : 1 on white

export default function Inside() {
  const { i18n } = useTranslation()
  const [large] = useLarge()
  return (
    // Chromium 86 knows neither :where nor logical insets.
    <StyleProvider hashPriority="high" transformers={[legacyLogicalPropertiesTransformer]}>
      <ConfigProvider
        locale={i18n.language === 'en' ? en : zh}
        theme={{
          token: { colorPrimary: RED, colorLink: RED, colorLinkHover: '#8f1115', colorInfo: '#1d5fa8', colorError: '#c41d24', colorTextPlaceholder: '#6b6b6b', colorTextDescription: '#595959', borderRadius: 4, fontSize: large ? 18 : 14, controlHeight: large ? 44 : 34 },
        }}
      >
        <App>
          <Routes>
            <Route path="/password" element={<Password />} />
            <Route element={<Frame />}>
              {pages.map((row) => (
                <Route
                  key={row.path}
                  path={row.path}
                  element={
                    <Guard permission={areas.find((area) => area.path !== '/' && row.path.startsWith(area.path))?.permission}>
                      <row.page />
                    </Guard>
                  }
                />
              ))}
              <Route path="*" element={<Missing />} />
            </Route>
          </Routes>
        </App>
      </ConfigProvider>
    </StyleProvider>
  )
}
